#include "base/parameters.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace vegadesk::base
{

namespace
{

std::string allowedRange(const ParameterSpec& spec)
{
    if (spec.kind == ParameterKind::Choice)
        return fmt::format("one of {}", fmt::join(spec.choices, ", "));
    const char* const kind = spec.kind == ParameterKind::Integer ? "a whole number from " : "";
    return fmt::format("{}{} to {}{}{}", kind, spec.minimum, spec.maximum, spec.unit.empty() ? "" : " ", spec.unit);
}

bool isAllowed(const ParameterSpec& spec, double value)
{
    if (!std::isfinite(value))
        return false;
    switch (spec.kind) {
    case ParameterKind::Choice:
        return value >= 0 && value < static_cast<double>(spec.choices.size()) && value == std::floor(value);
    case ParameterKind::Integer:
        return value >= spec.minimum && value <= spec.maximum && value == std::floor(value);
    case ParameterKind::Number:
        return value >= spec.minimum && value <= spec.maximum;
    }
    return false;
}

} // namespace

Parameters::Parameters(std::vector<ParameterSpec> specs) : m_specs(std::move(specs))
{
    for (const ParameterSpec& each : m_specs)
        m_values.emplace(each.name, each.fallback);
}

const ParameterSpec* Parameters::spec(std::string_view name) const
{
    const auto found = std::ranges::find(m_specs, name, &ParameterSpec::name);
    return found == m_specs.end() ? nullptr : &*found;
}

Result<void> Parameters::set(std::string_view name, double value)
{
    const ParameterSpec* const known = spec(name);
    if (known == nullptr) {
        std::vector<std::string> names;
        std::ranges::transform(m_specs, std::back_inserter(names), &ParameterSpec::name);
        return badInput("parameter", name, fmt::format("one of {}", fmt::join(names, ", ")));
    }
    if (!isAllowed(*known, value))
        return badInput(name, fmt::format("{}", value), allowedRange(*known));
    m_values.find(name)->second = value;
    return {};
}

Result<void> Parameters::setText(std::string_view name, std::string_view text)
{
    const ParameterSpec* const known = spec(name);
    if (known == nullptr)
        return set(name, 0);
    if (known->kind == ParameterKind::Choice) {
        const auto word = std::ranges::find(known->choices, text);
        if (word == known->choices.end())
            return badInput(name, text, allowedRange(*known));
        return set(name, static_cast<double>(word - known->choices.begin()));
    }
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return badInput(name, text, allowedRange(*known));
    return set(name, value);
}

double Parameters::operator[](std::string_view name) const
{
    const auto found = m_values.find(name);
    if (found == m_values.end())
        throw std::out_of_range(fmt::format("no parameter {}", name));
    return found->second;
}

std::int64_t Parameters::integer(std::string_view name) const
{
    return static_cast<std::int64_t>(std::llround((*this)[name]));
}

const std::string& Parameters::choice(std::string_view name) const
{
    const double value = (*this)[name];
    return spec(name)->choices.at(static_cast<std::size_t>(value));
}

std::string Parameters::toText(std::string_view name) const
{
    const double value = (*this)[name];
    return spec(name)->kind == ParameterKind::Choice ? choice(name) : fmt::format("{}", value);
}

} // namespace vegadesk::base
