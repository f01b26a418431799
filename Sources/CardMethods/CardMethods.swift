// CardMethods
