#pragma once

#include "pricing/model.h"

/// The models' entries in the registry, each in a source of its own in this folder.
namespace vegadesk::pricing
{

ModelInfo blackScholesModel();
ModelInfo americanModel();
ModelInfo mertonModel();
ModelInfo hestonModel();
ModelInfo americanHestonModel();
ModelInfo batesModel();

/// Parameters that several models have.
base::ParameterSpec volatilitySpec();
std::vector<base::ParameterSpec> jumpSpecs();
std::vector<base::ParameterSpec> hestonSpecs();

} // namespace vegadesk::pricing
