package import SocketIO

extension SocketIOServer {
    /// Sends an event to everybody in a room.
    ///
    /// - Parameter isLive: that the next of its kind makes it worthless, so that a slow reader may miss it.
    package func emit(_ event: SocketEvent, to room: String, isLive: Bool = true) {
        var updates: [String: Membership<User>.Update] = [:]
        for address in rooms[room] ?? [] {
            let known = updates[address.namespace]
            let update = known ?? .init(messages: event.messages(in: address.namespace), isLive: isLive)
            updates[address.namespace] = update
            send(update, to: address)
        }
    }

    /// Handles what a client sent, in order; each message when the one before it is done with.
    func handle(_ messages: [EngineMessage], of id: String) async {
        for message in messages {
            guard let client = clients[id] else { return }
            if client.isBare {
                clients[id]?.engine.send(message)
                settle(id)
                continue
            }
            do throws(SocketFault) {
                guard let demand = try clients[id]?.sockets.receive(message) else { continue }
                await serve(demand, of: id)
            } catch {
                logger.debug("A client sent what is not allowed", metadata: ["session": "\(id)", "fault": "\(error)"])
                close(id, .wrongPacket)
            }
        }
    }

    private func serve(_ demand: SocketDemand, of id: String) async {
        switch demand {
        case .join(let namespace, let auth): await join(namespace, auth ?? .emptyObject, id)
        case .leave(let namespace): leaveRooms(clients[id]?.memberships.removeValue(forKey: namespace), of: id)
        case .event(let event, let namespace, let ack): await receive(event, namespace, ack, id)
        }
    }

    private func join(_ namespace: String, _ auth: JSONText, _ id: String) async {
        guard let handshake = clients[id]?.handshake else { return }
        do {
            let admission = try await admit(ConnectRequest(namespace: namespace, auth: auth, handshake: handshake))
            await welcome(admission, to: namespace, auth, id)
        } catch {
            clients[id]?.sockets.refuse(namespace)
            queue(SocketPacket(.connectError(error.json), in: namespace), for: id)
        }
    }

    private func admit(_ request: ConnectRequest) async throws(ConnectRefusal) -> Admission<User> {
        guard namespaces.contains(request.namespace) else { throw ConnectRefusal(message: "Invalid namespace") }
        do {
            return try await handlers.authorize(request)
        } catch let refusal as ConnectRefusal {
            throw refusal
        } catch {
            logger.error("Nobody could tell whether a client may join", metadata: ["error": "\(error)"])
            throw ConnectRefusal(message: "Not authorized")
        }
    }

    private var namespaces: Set<String> {
        settings.isConformanceServer ? settings.namespaces.union(["/custom"]) : settings.namespaces
    }

    /// Greets a client before it hears of its rooms: what they are sent meanwhile waits, so that nothing old comes last.
    private func welcome(_ admission: Admission<User>, to namespace: String, _ auth: JSONText, _ id: String) async {
        guard clients[id]?.sockets.join(namespace) == true else { return }
        let socket = ConnectedSocket(id: Self.makeID(), namespace: namespace, user: admission.user)
        clients[id]?.memberships[namespace] = Membership(socket: socket, rooms: admission.rooms, heldBack: [])
        for room in admission.rooms {
            rooms[room, default: []].insert(SocketAddress(session: id, namespace: namespace))
            noteOccupation(of: room)
        }
        let sid = JSONText(#"{"sid":"\#(socket.id)"}"#)
        queue(SocketPacket(.connect(sid), in: namespace), for: id)
        let greetings = settings.isConformanceServer ? [SocketEvent("auth", auth)] : await handlers.greet(socket)
        for event in greetings { queue(SocketPacket(.event(event, ack: nil), in: namespace), for: id) }
        let heldBack = clients[id]?.memberships[namespace]?.heldBack ?? []
        clients[id]?.memberships[namespace]?.heldBack = nil
        for update in heldBack { send(update, to: SocketAddress(session: id, namespace: namespace)) }
    }

    private func receive(_ event: SocketEvent, _ namespace: String, _ ack: Int?, _ id: String) async {
        guard let socket = clients[id]?.memberships[namespace]?.socket else { return }
        let answer = settings.isConformanceServer ? echo(event, namespace, id) : await handlers.receive(event, socket)
        guard let ack, let answer else { return }
        queue(SocketPacket(.ack(answer, id: ack), in: namespace), for: id)
    }

    private func echo(_ event: SocketEvent, _ namespace: String, _ id: String) -> SocketArguments? {
        if event.name == "message" {
            let back = SocketEvent("message-back", event.arguments)
            queue(SocketPacket(.event(back, ack: nil), in: namespace), for: id)
        }
        return event.name == "message-with-ack" ? event.arguments : nil
    }

    private func send(_ update: Membership<User>.Update, to address: SocketAddress) {
        guard clients[address.session]?.memberships[address.namespace]?.heldBack == nil else {
            hold(update, for: address)
            return
        }
        for message in update.messages {
            clients[address.session]?.engine.send(message, isLive: update.isLive)
        }
        settle(address.session)
    }

    /// Keeps what a client may hear once it has been greeted, as much of it as may wait for any client.
    private func hold(_ update: Membership<User>.Update, for address: SocketAddress) {
        clients[address.session]?.memberships[address.namespace]?.hold(update, atMost: settings.engine.liveUpdates)
    }

    private func queue(_ packet: SocketPacket, for id: String) {
        for message in packet.messages { clients[id]?.engine.send(message) }
        settle(id)
    }

    func leaveRooms(_ membership: Membership<User>?, of id: String) {
        guard let membership else { return }
        let address = SocketAddress(session: id, namespace: membership.socket.namespace)
        for room in membership.rooms {
            rooms[room]?.remove(address)
            if rooms[room]?.isEmpty == true { rooms[room] = nil }
            noteOccupation(of: room)
        }
    }
}

extension SocketEvent {
    fileprivate func messages(in namespace: String) -> [EngineMessage] {
        SocketPacket(.event(self, ack: nil), in: namespace).messages
    }
}
