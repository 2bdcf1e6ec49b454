#pragma once

namespace vegadesk::benchmarks
{

/// Multiply-adds of floats, in billions a second, that this thread's path reaches when it does nothing else.
double fmaPeak();

} // namespace vegadesk::benchmarks
