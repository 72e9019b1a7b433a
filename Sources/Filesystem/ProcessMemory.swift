import CFilesystem

/// How the process keeps the memory that it has had.
package enum ProcessMemory {
    /// Lets all threads share one heap: what one of them gives up, another can have. To be called before the first thread starts.
    package static func useOneHeap() {
        // Cannot fail in a way that matters: with several heaps the process is larger, and works as well.
        _ = wattbuddy_use_one_heap()
    }

    /// Gives memory that is free back to the system, after work that needed much for a moment.
    package static func giveBack() {
        // Says whether there was any.
        _ = wattbuddy_give_back_memory()
    }
}
