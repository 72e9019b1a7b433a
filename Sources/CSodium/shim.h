#pragma once

#include <sodium.h>
#include <termios.h>

// c_cc is an array, which Swift shows as a tuple: this names the place that is meant.
static inline void wattbuddy_end_line_at(struct termios *terminal, unsigned char character) {
    terminal->c_cc[VEOL] = character;
}
