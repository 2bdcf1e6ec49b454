#include "learning/teachers/teacher.h"

#include "learning/teachers/entries.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::learning
{

void Teacher::family(std::span<double> rows, base::Generator&, std::span<double> prices, std::span<double>) const
{
    prices.front() = price(rows);
}

std::span<const std::unique_ptr<const Teacher>> teachers()
{
    static const auto all = [] {
        std::vector<std::unique_ptr<const Teacher>> list;
        list.push_back(blackScholesTeacher());
        list.push_back(hestonTeacher());
        for (const pricing::Right right : {pricing::Right::Put, pricing::Right::Call}) {
            list.push_back(americanHestonTeacher(right));
            list.push_back(americanTeacher(right));
        }
        return list;
    }();
    return all;
}

base::Result<const Teacher*> findTeacher(std::string_view id)
{
    const auto known = std::ranges::find(teachers(), id, [](const auto& each) { return each->id(); });
    if (known != teachers().end())
        return known->get();
    std::string ids;
    for (const auto& each : teachers())
        ids += (ids.empty() ? "" : ", ") + std::string(each->id());
    return base::badInput("teacher", id, "one of " + ids);
}

base::Result<void> checkBox(const Teacher& teacher, Sample sample)
{
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const InputRange& input = teacher.inputs()[i];
        if (!(sample[i] >= input.low && sample[i] <= input.high))
            return base::badInput(input.name, fmt::format("{}", sample[i]),
                                  fmt::format("{} to {}, what the net was trained on", input.low, input.high));
    }
    return {};
}

} // namespace vegadesk::learning
