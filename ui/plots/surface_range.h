#pragma once

#include "desk/surface_views.h"

#include <span>
#include <utility>
#include <vector>

namespace vegadesk::ui
{

/// The volatilities that a picture of `rows` (into view.slices) runs over, least and greatest, the latter above the former.
/// The far wings of options that expire today would leave all the rest in one colour: the highest few percent share the
/// end of the range.
std::pair<double, double> drawnRange(const desk::SurfaceView& view, std::span<const std::size_t> rows);

} // namespace vegadesk::ui
