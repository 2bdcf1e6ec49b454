#include "tastytrade/user_agent.h"

namespace vegadesk::tastytrade
{

const char* const userAgent = "Vegadesk/" VEGADESK_VERSION;

} // namespace vegadesk::tastytrade
