// CardClient
