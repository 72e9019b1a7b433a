// swift-tools-version: 6.2

import PackageDescription

/// Everything of ours is checked alike; only a face of a C library may touch unsafe memory.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
    name: "wattbuddy",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The pure middle
        .target(name: "Metering", swiftSettings: safe),
        .target(
            name: "Billing",
            dependencies: ["Metering", .product(name: "Yams", package: "Yams")],
            exclude: ["Tariffs/tariff.schema.json", "Tariffs/README.md"],
            resources: [
                .embedInCode("Tariffs/bd-residential.yaml"),
                .embedInCode("Tariffs/ca-bc-hydro-res.yaml"),
                .embedInCode("Tariffs/ca-on-rpp-tiered.yaml"),
                .embedInCode("Tariffs/ca-qc-hydro-quebec-d.yaml"),
                .embedInCode("Tariffs/in-dl-domestic.yaml"),
                .embedInCode("Tariffs/in-ka-bescom-lt1.yaml"),
                .embedInCode("Tariffs/in-kl-kseb-lt1a.yaml"),
                .embedInCode("Tariffs/in-mh-msedcl-lt1b.yaml"),
                .embedInCode("Tariffs/in-tn-lt1a.yaml"),
                .embedInCode("Tariffs/jp-tepco-b.yaml"),
                .embedInCode("Tariffs/jp-tokyogas-zuttomo1.yaml"),
                .embedInCode("Tariffs/kr-kepco-house-low.yaml"),
                .embedInCode("Tariffs/lk-ceb-domestic.yaml"),
                .embedInCode("Tariffs/my-tnb-domestic.yaml"),
                .embedInCode("Tariffs/np-nea-single-30a.yaml"),
                .embedInCode("Tariffs/pk-ke-residential.yaml"),
                .embedInCode("Tariffs/th-mea-residential.yaml"),
                .embedInCode("Tariffs/tw-taipower-residential.yaml"),
                .embedInCode("Tariffs/us-ca-pge-e1.yaml"),
                .embedInCode("Tariffs/us-ca-pge-etouc.yaml"),
                .embedInCode("Tariffs/us-ca-pge-etoud.yaml"),
                .embedInCode("Tariffs/za-eskom-homelight-20a.yaml"),
                .embedInCode("Tariffs/za-eskom-homelight-60a.yaml"),
            ],
            swiftSettings: safe),
        .target(name: "Analysis", dependencies: ["Metering"], swiftSettings: safe),

        // Faces of C libraries
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "Postgres", dependencies: ["CPostgres", "Filesystem"], swiftSettings: strict),
        .systemLibrary(name: "CFilesystem"),
        .target(name: "Filesystem", dependencies: ["CFilesystem"], swiftSettings: strict),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .target(name: "Canvas", dependencies: ["CCairo", "CDeflate"], swiftSettings: strict),

        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Transfer", dependencies: ["CCurl"], swiftSettings: strict),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: strict),

        // What comes in
        .target(name: "Simulation", dependencies: ["Metering"], swiftSettings: safe),
        .target(name: "Importing", dependencies: ["Gzip", "Metering"], swiftSettings: safe),

        // What is kept
        .target(name: "Store", dependencies: ["Postgres", "Metering", "Billing", "Analysis"], swiftSettings: safe),

        // What is shown
        .target(name: "Charts", dependencies: ["Canvas"], swiftSettings: safe),
        .target(
            name: "Reports",
            dependencies: [
                "Metering", "Billing", "Analysis", "Charts", "Filesystem",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: safe),

        .executableTarget(
            name: "wattbuddy",
            dependencies: [
                "Metering", "Billing", "Analysis", "Postgres", "Store", "Gzip", "Importing", "Simulation", "Reports",
                "Transfer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: safe),

        // Tests
        .target(
            name: "TestSupport", dependencies: ["Metering", "Postgres", "Store"], path: "Tests/TestSupport",
            exclude: ["mail_sink.py", "web_sink.py"],
            swiftSettings: safe),
        .testTarget(
            name: "MeteringTests", dependencies: ["Metering", "Simulation", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation", "Metering", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "BillingTests", dependencies: ["Billing", "Metering", "TestSupport"], exclude: ["PySAM/reckon.py"],
            swiftSettings: safe),
        .testTarget(
            name: "AnalysisTests", dependencies: ["Analysis", "Importing", "Metering", "TestSupport"],
            swiftSettings: safe),
        .testTarget(
            name: "ImportingTests", dependencies: ["Importing", "Metering", "TestSupport"], swiftSettings: safe),
        .testTarget(name: "ChartsTests", dependencies: ["Charts", "Canvas"], swiftSettings: safe),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "Analysis", "Billing", "Metering", "TestSupport"],
            exclude: ["Expected"], swiftSettings: safe),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "ProgramTests", dependencies: ["wattbuddy", "Metering", "Postgres", "Store", "TestSupport"],
            swiftSettings: safe),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Postgres", "Metering", "Billing", "Analysis", "TestSupport"], swiftSettings: safe),
    ]
)
