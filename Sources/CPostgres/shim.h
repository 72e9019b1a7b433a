#pragma once

#include <libpq-fe.h>

// A function pointer argument cannot be made from a Swift face without a global function: this one drops notices,
// which libpq would print on standard error.
static inline void wattbuddy_drop_notice(void *ignored, const PGresult *result) {
    (void)ignored;
    (void)result;
}

static inline void wattbuddy_silence_notices(PGconn *connection) {
    PQsetNoticeReceiver(connection, wattbuddy_drop_notice, 0);
}

#include <spawn.h>

// glibc shows these two only with _GNU_SOURCE, which a module that others have read before cannot set.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);

// A server that is left behind must not keep our files open, nor our folder busy.
static inline int wattbuddy_leave_nothing_behind(posix_spawn_file_actions_t *actions) {
    int failed = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    return failed ? failed : posix_spawn_file_actions_addchdir_np(actions, "/");
}

#include <sys/eventfd.h>

// The flags are an enumeration without a name, which Swift does not show as the numbers that the call takes.
static inline int wattbuddy_make_bell(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}
