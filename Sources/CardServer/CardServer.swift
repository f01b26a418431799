// CardServer
