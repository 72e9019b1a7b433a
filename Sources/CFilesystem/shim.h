#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

// By number: glibc declares renameat2 and syncfs for _GNU_SOURCE only, which a Swift module cannot ask for.
static inline int wattbuddy_exchange(const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

static inline int wattbuddy_sync(int descriptor) {
    return (int)syscall(SYS_syncfs, descriptor);
}
