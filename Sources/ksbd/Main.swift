import ArgumentParser
import CardServer
import Hummingbird
import NIOSSL
import ServiceLifecycle

@main struct KSBD: AsyncParsableCommand { func run() async throws {} }
