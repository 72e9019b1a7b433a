#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <linux/fs.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

// By number: glibc declares renameat2 and syncfs for _GNU_SOURCE only, which a Swift module cannot ask for.
static inline int wattbuddy_exchange(const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

// malloc.h is not part of the C library's Swift module.
static inline int wattbuddy_use_one_heap(void) {
    return mallopt(M_ARENA_MAX, 1);
}

static inline int wattbuddy_give_back_memory(void) {
    return malloc_trim(0);
}

static inline int wattbuddy_sync(int descriptor) {
    return (int)syscall(SYS_syncfs, descriptor);
}
