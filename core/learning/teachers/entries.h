#pragma once

#include "learning/teachers/teacher.h"

namespace vegadesk::learning
{

/// The teachers' entries in the registry, each in a source of its own in this folder.
std::unique_ptr<const Teacher> blackScholesTeacher();
std::unique_ptr<const Teacher> hestonTeacher();

} // namespace vegadesk::learning
