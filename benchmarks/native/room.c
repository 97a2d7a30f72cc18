// A room: clients that are in it, and runs in which a few of them talk and everybody listens.
#include "room.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 1024 };

double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int fail(Room *room, int kind, const char *format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(room->sentence, sizeof room->sentence, format, values);
    va_end(values);
    return kind;
}

static int on_ready(Room *room, Device *device, unsigned events) {
    if (events & EPOLLOUT) device_write(room, device, "", 0);
    do {
        if (device->rest_length > BUFFER / 2) return fail(room, LOAD_FAILED, "A frame is too long.");
        memcpy(room->buffer, device->rest, device->rest_length);
        long size = device_read(device, room->buffer + device->rest_length, BUFFER - device->rest_length);
        if (size == 0) return fail(room, LOAD_FAILED, "The server closed connection %d.", device->number);
        if (size < 0) return OK;
        int result = feed(room, device, room->buffer, device->rest_length + (size_t)size);
        if (result) return result;
    } while (device_has_more(device));
    return OK;
}

static int drain(Room *room, int milliseconds, int *ready) {
    struct epoll_event events[EVENTS];
    *ready = epoll_wait(room->epoll, events, EVENTS, milliseconds);
    if (*ready < 0) return *ready = 0, fail(room, INTERRUPTED, "Interrupted.");
    for (int index = 0; index < *ready; index++) {
        int result = on_ready(room, events[index].data.ptr, events[index].events);
        if (result) return result;
    }
    return OK;
}

Room *room_new(int style, int is_one_order, int echoes, int has_seq, int senders, int devices) {
    Room *room = calloc(1, sizeof *room);
    room->style = style, room->is_one_order = is_one_order, room->echoes = echoes, room->has_seq = has_seq;
    room->senders = senders, room->devices = calloc((size_t)devices, sizeof *room->devices);
    room->buffer = malloc(BUFFER), room->epoll = epoll_create1(EPOLL_CLOEXEC);
    room->said = calloc(1, sizeof *room->said), room->latencies = room->sent_at = NULL;
    return room;
}

int room_add(Room *room, int number, int socket, void *tls, int is_timed, const char *early, size_t length) {
    Device *device = calloc(1, sizeof *device + (size_t)room->senders * sizeof *device->due);
    device->number = number, device->socket = socket, device->tls = tls, device->is_timed = is_timed;
    device->is_apart = !room->echoes && number < room->senders;
    for (int sender = 0; sender < room->senders; sender++) device->due[sender] = sender;
    room->devices[room->devices_length++] = device;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = device};
    epoll_ctl(room->epoll, EPOLL_CTL_ADD, socket, &event);
    return feed(room, device, early, length);
}

// Read until nothing has come for so long.
int room_settle(Room *room, int quiet_milliseconds) {
    int ready = 1, result = OK;
    while (ready && !result) result = drain(room, quiet_milliseconds, &ready);
    return result;
}

static void forget_last_run(Room *room, long messages, int timed) {
    room->first += room->count, room->count = messages;
    room->said_length = room->latencies_length = 0, room->log_length = 0;
    room->said = realloc(room->said, ((size_t)messages + 1) * sizeof *room->said);
    room->index_of = realloc(room->index_of, ((size_t)messages + 1) * sizeof *room->index_of);
    room->sent_at = realloc(room->sent_at, ((size_t)messages + 1) * sizeof *room->sent_at);
    room->latencies = realloc(room->latencies, ((size_t)messages * (size_t)timed + 1) * sizeof *room->latencies);
    for (long index = 0; index < messages; index++) room->index_of[index] = NOBODY;
    for (int index = 0; index < room->devices_length; index++) room->devices[index]->next = 0;
}

// Say these messages (each ends at its place in `ends`), with at most `window` not yet at, on average, every receiver.
int room_run(Room *room, const char *data, const size_t *ends, long messages, long window, int stall_milliseconds) {
    int timed = 0, ready, result;
    for (int index = 0; index < room->devices_length; index++) timed += room->devices[index]->is_timed;
    forget_last_run(room, messages, timed);
    long hearing = room->devices_length - (room->echoes ? 0 : 1), before = room->delivered, said = 0;
    while (room->delivered - before < messages * hearing) {
        while (said < messages && said * hearing - (room->delivered - before) < window * hearing) {
            size_t start = said ? ends[said - 1] : 0;
            room->sent_at[said] = now();
            device_write(room, room->devices[(room->first + said) % room->senders], data + start, ends[said] - start);
            said++;
        }
        if ((result = drain(room, stall_milliseconds, &ready))) return result;
        if (!ready)
            return fail(room, LOAD_FAILED, "%ld of %ld deliveries never arrived.",
                        messages * hearing - (room->delivered - before), messages * hearing);
    }
    return OK;
}

// Have a client send something beside the messages of a run.
void room_post(Room *room, int index, const char *data, size_t length) {
    device_write(room, room->devices[index], data, length);
}

void room_free(Room *room) {
    for (int index = 0; index < room->devices_length; index++) {
        Device *device = room->devices[index];
        free(device->rest), free(device->out), free(device);
    }
    close(room->epoll);
    free(room->devices), free(room->buffer), free(room->log), free(room->said), free(room->index_of);
    free(room->sent_at), free(room->latencies), free(room);
}

long room_delivered(const Room *room) { return room->delivered; }
long room_receipts(const Room *room) { return room->receipts; }
long room_latencies_length(const Room *room) { return room->latencies_length; }
const double *room_latencies(const Room *room) { return room->latencies; }
const char *room_sentence(const Room *room) { return room->sentence; }
