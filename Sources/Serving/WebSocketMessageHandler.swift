package import NIOCore
package import NIOWebSocket

/// Turns frames into whole messages and back; answers pings and does both sides of the closing handshake.
///
/// Whatever breaks RFC 6455 ends the connection with the code that says so. A message larger than `maximumSize`
/// bytes is refused before it is held in memory.
package final class WebSocketMessageHandler: ChannelDuplexHandler {
    package typealias InboundIn = WebSocketFrame
    package typealias InboundOut = WebSocketMessage
    package typealias OutboundIn = WebSocketOutput
    package typealias OutboundOut = WebSocketFrame

    /// The first frames of a message whose last has not come yet.
    private struct Fragments {
        let opcode: WebSocketOpcode
        var bytes: ByteBuffer
    }

    /// How long the peer may take to answer our close before the connection is cut.
    private static let closeTimeout = TimeAmount.seconds(5)

    private let maximumSize: Int
    private var fragments: Fragments?
    private var hasSentClose = false
    private var cut: Scheduled<Void>?

    package init(maximumSize: Int) {
        self.maximumSize = maximumSize
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        cut?.cancel()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard !hasSentClose || frame.opcode == .connectionClose else { return }
        guard frame.maskKey != nil, frame.reservedBits.isEmpty else { return close(.protocolError, context) }
        switch frame.opcode {
        case .text, .binary: begin(frame, context)
        case .continuation: append(frame, context)
        case .ping: pong(frame, context)
        case .pong: break
        case .connectionClose: answerClose(frame, context)
        default: close(.protocolError, context)
        }
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !hasSentClose else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .message(.text(let text)):
            let bytes = context.channel.allocator.buffer(string: text)
            context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: bytes)), promise: promise)
        case .message(.binary(let bytes)):
            context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .binary, data: bytes)), promise: promise)
        case .close(let code):
            close(code, context, promise: promise)
        }
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? NIOWebSocketError else {
            context.fireErrorCaught(error)
            context.close(promise: nil)
            return
        }
        close(error == .invalidFrameLength ? .messageTooBig : .protocolError, context)
        // Nothing more can be read of a stream that lost its frames, so no answer to the close can come.
        context.close(mode: .output, promise: nil)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func begin(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        guard fragments == nil else { return close(.protocolError, context) }
        take(Fragments(opcode: frame.opcode, bytes: frame.unmaskedData), isWhole: frame.fin, context)
    }

    private func append(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        guard var joined = fragments else { return close(.protocolError, context) }
        fragments = nil
        guard joined.bytes.readableBytes + frame.length <= maximumSize else { return close(.messageTooBig, context) }
        var bytes = frame.unmaskedData
        joined.bytes.writeBuffer(&bytes)
        take(joined, isWhole: frame.fin, context)
    }

    private func take(_ message: Fragments, isWhole: Bool, _ context: ChannelHandlerContext) {
        guard isWhole else {
            fragments = message
            return
        }
        guard message.opcode == .text else {
            context.fireChannelRead(wrapInboundOut(.binary(message.bytes)))
            return
        }
        guard let text = String(validating: message.bytes.readableBytesView, as: UTF8.self) else {
            return close(.notText, context)
        }
        context.fireChannelRead(wrapInboundOut(.text(text)))
    }

    private func pong(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        // Who sends pings and reads nothing must not fill our memory with answers.
        guard context.channel.isWritable else { return }
        let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
        context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
    }

    private func answerClose(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        if !hasSentClose {
            close(Self.answer(to: frame.unmaskedData), context)
        }
        // The flush of our close stands before this in the queue: it is sent first.
        context.close(promise: nil)
    }

    private static func answer(to payload: ByteBuffer) -> WebSocketCloseCode {
        guard payload.readableBytes > 0 else { return .normal }
        guard let number = payload.getInteger(at: payload.readerIndex, as: UInt16.self) else { return .protocolError }
        let code = WebSocketCloseCode(rawValue: number)
        return code.mayTravel ? code : .protocolError
    }

    /// Sends our close once; the connection is cut when the peer has not answered it in time.
    private func close(
        _ code: WebSocketCloseCode, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>? = nil
    ) {
        guard !hasSentClose else {
            promise?.succeed()
            return
        }
        hasSentClose = true
        fragments = nil
        var payload = context.channel.allocator.buffer(capacity: 2)
        payload.writeInteger(code.rawValue)
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: payload)
        context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
        let channel = context.channel
        cut = context.eventLoop.scheduleTask(in: Self.closeTimeout) { channel.close(promise: nil) }
    }
}
