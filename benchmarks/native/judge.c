// Whether what a client received is right: every message once, in one order, with the bytes that everybody else got.
#include "room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARK = 6, DIGITS = 17 };
static const char TAIL[] = " xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

static size_t cut(Room *room, const char *at, size_t left) {  // the length of the first frame; 0: it is not complete
    if (room->style == PREFIXED) {
        const unsigned char *prefix = (const unsigned char *)at;
        if (left < 4) return 0;
        size_t length = 4 + ((size_t)prefix[0] << 24 | prefix[1] << 16 | prefix[2] << 8 | prefix[3]);
        return length <= left ? length : 0;
    }
    const char *end = memchr(at, '\n', left);
    if (!end) return 0;
    size_t length = (size_t)(end - at) + 1;
    if (room->style == NATS && length > 4 && !memcmp(at, "MSG ", 4)) {
        while (end > at && end[-1] != ' ') end--;
        length += (size_t)atol(end) + 2;
    }
    return length <= left ? length : 0;
}

static void count(Room *room, Device *device, long number, double time) {
    room->delivered++;
    device->due[number % room->senders] = number + room->senders;
    if (device->is_timed) room->latencies[room->latencies_length++] = time - room->sent_at[number - room->first];
}

static int order_fault(Room *room, long number, long due) {
    return fail(room, STREAM_FAULT, "message %ld arrived when %ld was due: %s or out of order", number, due,
                number < due ? "doubled" : "lost");
}

// The first receiver writes down what it got; what can be judged of the frame alone is judged here.
static int write_down(Room *room, long number, const char *frame, size_t length, const char *mark) {
    size_t tail = sizeof TAIL - 1, behind = (size_t)(frame + length - mark) - MARK - DIGITS;
    if (behind < tail || memcmp(mark + MARK + DIGITS, TAIL, tail))
        return fail(room, STREAM_FAULT, "message %ld arrived with another text than was sent", number);
    if (room->has_seq) {
        const char *found = memmem(frame, length, "\"seq\":", 6);
        long seq = found ? atol(found + 6) : 0;
        if (!found || (room->seq && seq != room->seq + 1))
            return fail(room, STREAM_FAULT, "message %ld has seq %ld after seq %ld: lost, doubled or out of order",
                        number, seq, room->seq);
        room->seq = seq;
    }
    if (room->log_length + length > room->log_room) {
        room->log_room = 2 * (room->log_room + length);
        room->log = realloc(room->log, room->log_room);
    }
    memcpy(room->log + room->log_length, frame, length);
    room->index_of[number - room->first] = room->said_length;
    room->said[room->said_length++] = (Said){number, room->log_length, length};
    room->log_length += length;
    return OK;
}

static int judge(Room *room, Device *device, const char *frame, size_t length, const char *mark, double time) {
    char digits[DIGITS + 1] = {0};
    if ((size_t)(frame + length - mark) >= MARK + DIGITS) memcpy(digits, mark + MARK, DIGITS);
    char *end;
    long number = strtol(digits, &end, 10), sender = number % room->senders;
    if (end != digits + DIGITS || number < 0) return fail(room, STREAM_FAULT, "a message has lost its number");
    int is_free = device->is_apart || !room->is_one_order;
    if (!is_free && device->next < room->said_length && room->said[device->next].number != number)
        return order_fault(room, number, room->said[device->next].number);
    if (device->is_apart && sender == device->number)
        return fail(room, STREAM_FAULT, "message %ld came back to its sender, which this protocol does not do", number);
    if (number != device->due[sender]) return order_fault(room, number, device->due[sender]);
    if (number >= room->first + room->count)
        return fail(room, STREAM_FAULT, "message %ld arrived, which nobody has sent", number);
    long index = room->index_of[number - room->first];
    if (index == NOBODY && !device->is_apart) {
        int result = write_down(room, number, frame, length, mark);
        if (result) return result;
        index = room->said_length - 1;
    } else if (index != NOBODY) {
        Said *said = &room->said[index];
        if (said->length != length || memcmp(room->log + said->start, frame, length))
            return fail(room, STREAM_FAULT, "message %ld arrived with other bytes than somebody else received", number);
    }
    if (index != NOBODY) device->next = index + 1;
    count(room, device, number, time);
    return OK;
}

static int take(Room *room, Device *device, const char *frame, size_t length, double time) {
    const char *body = room->style == PREFIXED ? frame + 4 : frame;
    if (room->style == PREFIXED && length > 20 && !memcmp(body, "{\"type\":\"done\"", 14)) return room->receipts++, OK;
    if (room->style == PREFIXED && length > 20 && !memcmp(body, "{\"type\":\"refused\"", 17))
        return fail(room, REFUSED, "%.*s", (int)(length - 4), body);
    const char *mark = memmem(frame, length, "##MARK", MARK);
    if (mark) return judge(room, device, frame, length, mark, time);
    if (room->style == PREFIXED) return OK;
    if (!memcmp(frame, "ERROR", 5 < length ? 5 : length) || !memcmp(frame, "-ERR", 4 < length ? 4 : length))
        return fail(room, REFUSED, "%.*s", (int)length, frame);
    if (length >= 4 && length < 600 && !memcmp(frame, "PING", 4)) {
        char pong[600];
        memcpy(pong, frame, length);
        pong[1] = 'O';
        device_write(room, device, pong, length);
    }
    return OK;
}

int feed(Room *room, Device *device, const char *at, size_t left) {
    double time = device->is_timed ? now() : 0;
    for (;;) {
        Said *said = &room->said[device->next];
        while (device->is_apart && device->next < room->said_length && said->number % room->senders == device->number)
            said = &room->said[++device->next];
        size_t length;
        if (device->next < room->said_length && left >= said->length &&
            device->due[said->number % room->senders] == said->number &&
            !memcmp(at, room->log + said->start, length = said->length)) {  // nearly always: just what the others got
            device->next++;
            count(room, device, said->number, time);
        } else {
            if (!(length = cut(room, at, left))) break;
            int result = take(room, device, at, length, time);
            if (result) return result;
        }
        at += length, left -= length;
    }
    if (left) device->rest = realloc(device->rest, left), memcpy(device->rest, at, left);
    device->rest_length = left;
    return OK;
}
