#pragma once

#include "learning/teachers/teacher.h"
#include "pricing/black_scholes.h"

namespace vegadesk::learning
{

/// The teachers' entries in the registry, each in a source of its own in this folder.
std::unique_ptr<const Teacher> blackScholesTeacher();
std::unique_ptr<const Teacher> hestonTeacher();
std::unique_ptr<const Teacher> americanHestonTeacher(pricing::Right right);
std::unique_ptr<const Teacher> americanTeacher(pricing::Right right);

} // namespace vegadesk::learning
