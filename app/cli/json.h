#pragma once

#include "desk/json_values.h"

namespace vegadesk::cli
{

using desk::json::number;
using desk::json::text;

} // namespace vegadesk::cli
