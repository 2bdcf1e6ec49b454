#pragma once

#include "pricing/model.h"

/// The models' entries in the registry, each in a source of its own in this folder.
namespace vegadesk::pricing
{

ModelInfo blackScholesModel();

} // namespace vegadesk::pricing
