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
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
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
        .target(
            name: "Notices", dependencies: [.product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("notices.en.yaml")], swiftSettings: safe),
        .target(name: "Analysis", dependencies: ["Metering", "Notices"], swiftSettings: safe),
        .target(name: "Control", dependencies: ["Metering", "Notices"], swiftSettings: safe),

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
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "Secrets", dependencies: ["CSodium"], swiftSettings: strict),

        .target(name: "Channels", dependencies: ["Control", "Notices", "Transfer"], swiftSettings: safe),

        // What comes in
        .target(name: "Simulation", dependencies: ["Metering"], swiftSettings: safe),
        .target(name: "Importing", dependencies: ["Gzip", "Metering"], swiftSettings: safe),

        // What is kept
        .target(
            name: "Store", dependencies: ["Postgres", "Metering", "Notices", "Billing", "Analysis", "Control"],
            swiftSettings: safe
        ),

        // What devices send, and who may see it
        .target(
            name: "Ingest",
            dependencies: [
                "Metering", "Analysis", "Control", "Store", "Postgres", "Filesystem", "Gzip",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: safe),
        .target(
            name: "Daemon",
            dependencies: [
                "Ingest", "Channels", "Control", "Secrets", "Store", "Transfer", "Postgres", "Metering", "Notices",
                "Billing", "Analysis",
                "Reports", "Filesystem",
                "Serving", "SocketIO", "SocketIOServing",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),

        // What is shown
        .target(name: "Charts", dependencies: ["Canvas"], swiftSettings: safe),
        .target(
            name: "Reports",
            dependencies: [
                "Metering", "Notices", "Billing", "Analysis", "Control", "Charts", "Filesystem",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: safe),

        // What is served
        .target(name: "SocketIO", swiftSettings: safe),
        .target(
            name: "Serving",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),

        .target(
            name: "SocketIOServing",
            dependencies: [
                "Serving", "SocketIO",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),

        // The programs, and what they share
        .target(
            name: "Deployment",
            dependencies: [
                "Channels", "Postgres", "Secrets", "Store", "Transfer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "wattbuddyd",
            dependencies: [
                "Analysis", "Daemon", "Deployment", "Filesystem", "Ingest", "Postgres", "Serving",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "wattbuddy",
            dependencies: [
                "Metering", "Notices", "Billing", "Analysis", "Channels", "Control", "Postgres", "Store", "Gzip",
                "Importing",
                "Simulation", "Reports", "Transfer", "Secrets", "Deployment",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe),

        // Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "Metering", "Postgres", "Store",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/TestSupport",
            exclude: ["daemon_stand_in.py", "device_sink.py", "mail_sink.py", "web_sink.py"],
            swiftSettings: safe),
        .testTarget(
            name: "MeteringTests", dependencies: ["Metering", "Simulation", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation", "Metering", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "BillingTests", dependencies: ["Billing", "Metering", "TestSupport"], exclude: ["PySAM/reckon.py"],
            swiftSettings: safe),
        .testTarget(
            name: "AnalysisTests", dependencies: ["Analysis", "Importing", "Metering", "Notices", "TestSupport"],
            swiftSettings: safe),
        .testTarget(
            name: "IngestTests", dependencies: ["Ingest", "Analysis", "Control", "Metering", "Notices", "TestSupport"],
            swiftSettings: safe),
        .testTarget(
            name: "ControlTests", dependencies: ["Control", "Metering", "Notices", "Simulation"], swiftSettings: safe),
        .testTarget(
            name: "ImportingTests", dependencies: ["Importing", "Metering", "TestSupport"], swiftSettings: safe),
        .testTarget(name: "ChartsTests", dependencies: ["Charts", "Canvas"], swiftSettings: safe),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Analysis", "Billing", "Control", "Metering", "Notices", "TestSupport"],
            exclude: ["Expected"], swiftSettings: safe),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets"], swiftSettings: safe),
        .testTarget(name: "SocketIOTests", dependencies: ["SocketIO"], swiftSettings: safe),
        .testTarget(
            name: "ServingTests",
            dependencies: [
                "Serving",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: safe),
        .testTarget(
            name: "SocketIOServingTests",
            dependencies: [
                "Serving", "SocketIO", "SocketIOServing", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["client.py"], swiftSettings: safe),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "wattbuddyd", "Billing", "Control", "Metering", "Postgres", "Secrets", "Store", "TestSupport",
            ],
            swiftSettings: safe),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "ProgramTests",
            dependencies: ["wattbuddy", "Metering", "Postgres", "Secrets", "Store", "TestSupport"],
            exclude: ["Daemon/recording_proxy.py", "Daemon/socket_client.py"], swiftSettings: safe),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: safe),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "Postgres", "Metering", "Notices", "Billing", "Analysis", "Control", "Secrets", "TestSupport",
            ],
            swiftSettings: safe),
    ]
)
