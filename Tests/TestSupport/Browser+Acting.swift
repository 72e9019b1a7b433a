import Foundation

extension Browser {
    /// Presses what a CSS selector finds first, as a finger would: what is hidden or covered cannot be pressed.
    package func press(_ selector: String) throws {
        _ = try Self.post(try element(selector) + "/click", [:])
    }

    /// Types into the field that a CSS selector finds first, after what is there.
    package func type(_ text: String, into selector: String) throws {
        _ = try Self.post(try element(selector) + "/value", ["text": text])
    }

    /// Returns once a JavaScript expression holds; it is looked at whenever the page changes, or another is opened.
    ///
    /// - Throws: when it does not hold in a minute and a half.
    package func wait(until condition: String) throws {
        let script = """
            const done = arguments[0];
            const holds = () => { try { return Boolean(\(condition)); } catch { return false; } };
            if (holds()) return done();
            const look = (_, observer) => { if (holds()) { observer.disconnect(); done(); } };
            new MutationObserver(look).observe(
                document, { subtree: true, childList: true, attributes: true, characterData: true });
            """
        do { _ = try Self.post(session + "/execute/async", ["script": script, "args": [String]()]) } catch let error
            as ServerError where error.message.contains("unloaded")
        {
            try wait(until: condition)
        } catch {
            throw ServerError(message: "never: \(condition): \(error); the page says:\n\(try text())")
        }
    }

    /// What a reader sees of the page.
    package func text() throws -> String {
        try evaluate("return document.body.innerText")
    }

    private func element(_ selector: String) throws -> String {
        let found = try Self.post(session + "/element", ["using": "css selector", "value": selector])
        guard let id = (found as? [String: String])?.values.first else {
            throw ServerError(message: "the browser found \(found) for \(selector)")
        }
        return "\(session)/element/\(id)"
    }
}
