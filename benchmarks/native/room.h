// A room full of clients that receive: what the files of this folder share.
//
// It does the work of `rooms.py` in C, with the same rules, so that the load generator is not slower than the servers
// that it measures: every delivery is held against what the others got, byte for byte. `native.py` builds and calls it.
// The sockets come connected, and their clients have entered already.
#define _GNU_SOURCE
#include <stddef.h>

enum { OK = 0, STREAM_FAULT = 1, LOAD_FAILED = 2, REFUSED = 3, INTERRUPTED = 4 };  // what functions return
enum { PREFIXED = 0, LINES = 1, NATS = 2 };                                        // how frames are told apart
enum { BUFFER = 1 << 20, NOBODY = -1 };

typedef struct { long number; size_t start, length; } Said;  // a message as the first receiver got it: a place in `log`

typedef struct {
    int socket, number, is_timed;
    int is_apart;  // it does not hear itself, so it cannot tell the order of the room
    void *tls;
    char *rest, *out;  // bytes of a frame that is not complete; bytes that the kernel did not take yet
    size_t rest_length, out_length;
    long next;   // index in `said` of the message that is expected next
    long due[];  // for each sender, its message that is due
} Device;

typedef struct {
    int style, is_one_order, echoes, has_seq, senders, epoll, devices_length;
    Device **devices;
    char *buffer, *log;  // log: the frames of this run, in their order
    size_t log_length, log_room;
    Said *said;
    long said_length, *index_of;  // index_of: from a number, less the first of the run, to its index in `said`
    long first, count, seq, delivered, receipts, latencies_length;
    double *sent_at, *latencies;  // seconds
    char sentence[600];           // what went wrong
} Room;

double now(void);
int fail(Room *room, int kind, const char *format, ...);
long device_read(Device *device, char *to, size_t room);  // 0: closed; -1: nothing there
void device_write(Room *room, Device *device, const char *data, size_t length);  // of length 0: what waits
int device_has_more(Device *device);  // whether bytes wait that were read from the socket already
int feed(Room *room, Device *device, const char *at, size_t left);
