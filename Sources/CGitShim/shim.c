#include "CGitShim.h"
