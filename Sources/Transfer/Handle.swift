import CCurl

/// One transfer of libcurl.
struct Handle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    /// curl_global_init is not safe beside other threads: it happens once, before the first handle.
    private static let global = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init() throws {
        guard Self.global == CURLE_OK, let pointer = curl_easy_init() else {
            throw TransferError(.unavailable, "libcurl cannot be started")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    func set(_ option: CURLoption, _ value: String) throws {
        try check(wattbuddy_set_text(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Int) throws {
        try check(wattbuddy_set_number(pointer, option, value))
    }

    func set(_ option: CURLoption, _ list: borrowing TextList) throws {
        try check(wattbuddy_set_list(pointer, option, list.head))
    }

    func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw TransferError(.badLetter, Self.message(code)) }
    }

    var responseCode: Int {
        var code = 0
        wattbuddy_response_code(pointer, &code)
        return code
    }

    static func message(_ code: CURLcode) -> String {
        String(cString: curl_easy_strerror(code))
    }
}

/// Lines that libcurl takes as a list.
struct TextList: ~Copyable {
    let head: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) throws {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(head, line) else {
                curl_slist_free_all(head)
                throw TransferError(.unavailable, "no memory for a letter")
            }
            head = longer
        }
        self.head = head
    }

    deinit {
        curl_slist_free_all(head)
    }
}
