// One client's bytes, plain or through OpenSSL.
#include "room.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#ifdef WITH_TLS
// What is needed of OpenSSL's interface, which has not changed since 1.1.1; its headers are seldom installed.
void *TLS_client_method(void), *SSL_CTX_new(void *), *SSL_new(void *);
long SSL_CTX_ctrl(void *, int, long, void *);
void SSL_CTX_set_default_read_buffer_len(void *, size_t), SSL_free(void *);
int SSL_set_fd(void *, int), SSL_connect(void *), SSL_read(void *, void *, int), SSL_write(void *, const void *, int);
int SSL_get_error(void *, int), SSL_has_pending(void *);
#else
static int SSL_read(void *s, void *b, int n) { (void)s, (void)b, (void)n; return -1; }
static int SSL_write(void *s, const void *b, int n) { (void)s, (void)b, (void)n; return -1; }
static int SSL_get_error(void *s, int n) { (void)s, (void)n; return 0; }
static int SSL_has_pending(void *s) { (void)s; return 0; }
static void SSL_free(void *s) { (void)s; }
#endif

long device_read(Device *device, char *to, size_t room) {
    long size = device->tls ? SSL_read(device->tls, to, (int)room) : recv(device->socket, to, room, 0);
    if (size > 0) return size;
    if (device->tls) return (size = SSL_get_error(device->tls, (int)size)) == 2 || size == 3 ? -1 : 0;
    return size < 0 && (errno == EAGAIN || errno == EINTR) ? -1 : 0;
}

void device_write(Room *room, Device *device, const char *data, size_t length) {
    if (device->out_length && length) {  // behind what waits already
        device->out = realloc(device->out, device->out_length + length);
        memcpy(device->out + device->out_length, data, length);
        device->out_length += length;
        return;
    }
    const char *from = length ? data : device->out;
    size_t left = length ? length : device->out_length;
    while (left) {
        long sent = device->tls ? SSL_write(device->tls, from, (int)left)
                                : send(device->socket, from, left, MSG_NOSIGNAL);
        if (sent <= 0) break;
        from += sent, left -= (size_t)sent;
    }
    if (left && !length) memmove(device->out, from, left);
    else if (left) device->out = realloc(device->out, left), memcpy(device->out, from, left);
    if (left || device->out_length) {
        struct epoll_event event = {.events = EPOLLIN | (left ? EPOLLOUT : 0), .data.ptr = device};
        epoll_ctl(room->epoll, EPOLL_CTL_MOD, device->socket, &event);
    }
    device->out_length = left;
}


#ifdef WITH_TLS
// TLS 1.3 over a connected socket that blocks; NULL where it fails. Any certificate will do: it is not what is measured.
void *tls_connect(int socket) {
    static void *context;
    if (!context) {
        context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_ctrl(context, 123, 0x0304, NULL);  // SSL_CTRL_SET_MIN_PROTO_VERSION, TLS 1.3
        SSL_CTX_ctrl(context, 33, 1 | 2, NULL);    // SSL_CTRL_MODE: partial writes, from a buffer that may move
        SSL_CTX_ctrl(context, 41, 1, NULL);        // SSL_CTRL_SET_READ_AHEAD: many records in one call
        SSL_CTX_set_default_read_buffer_len(context, 64 * 1024);
    }
    void *tls = SSL_new(context);
    SSL_set_fd(tls, socket);
    if (SSL_connect(tls) == 1) return tls;
    SSL_free(tls);
    return NULL;
}
#endif

int device_has_more(Device *device) { return device->tls && SSL_has_pending(device->tls); }

long tls_read(void *tls, char *to, size_t room) {
    Device device = {.tls = tls};
    return device_read(&device, to, room);
}
long tls_write(void *tls, const char *data, int length) { return SSL_write(tls, data, length); }
void tls_free(void *tls) { SSL_free(tls); }
