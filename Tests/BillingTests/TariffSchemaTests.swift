import Billing
import Foundation
import TestSupport
import Testing

struct TariffSchemaTests {
    private static let file = repository.appending(path: "Sources/Billing/Tariffs/tariff.schema.json")

    @Test func thePublishedSchemaIsWhatFilesAreCheckedBy() throws {
        let published = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(
            published == TariffSchema.text,
            "write it anew: wattbuddy tariff schema > Sources/Billing/Tariffs/tariff.schema.json")
    }

    @Test func everyNamedShapeIsDefined() {
        let names = TariffSchema.text.matches(of: /"#\/\$defs\/([a-z]+)"/).map { String($0.output.1) }
        for name in Set(names) { #expect(TariffSchema.text.contains("    \"\(name)\": {"), "\(name)") }
    }
}
