import ArgumentParser

@main struct KSB: AsyncParsableCommand { func run() async throws {} }
