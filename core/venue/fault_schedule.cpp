#include "venue/fault_schedule.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::venue
{

namespace
{

using base::Nanos;

constexpr std::array actionList{FaultAction::CutConnections, FaultAction::ExpireTokens, FaultAction::ResetAccount};
constexpr std::int64_t largestSeed = std::int64_t{1} << 53; // beyond it a double, which JSON is read as, has gaps

std::string textOf(const QJsonValue& value)
{
    if (value.isUndefined())
        return "nothing";
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2).toStdString();
}

Nanos nanosOf(double seconds)
{
    return Nanos(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

base::Result<double> number(const QJsonValue& value, const std::string& name, double least, double most,
                            const char* allowed)
{
    const double found = value.toDouble(std::nan(""));
    if (!(found >= least && found <= most))
        return base::badInput(name, textOf(value), allowed);
    return found;
}

/// The first field that is none of `known`.
base::Result<void> checkFields(const QJsonObject& object, const std::string& name, const QStringList& known)
{
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (!known.contains(field.key()))
            return base::badInput(name, field.key().toStdString(), known.join(QStringLiteral(", ")).toStdString());
    }
    return {};
}

base::Result<FaultAction> actionOf(const QJsonValue& value, const std::string& name)
{
    std::string allowed;
    for (const FaultAction action : actionList) {
        if (value.toString().toStdString() == toText(action))
            return action;
        allowed += (allowed.empty() ? "" : ", ") + std::string(toText(action));
    }
    return base::badInput(name, textOf(value), allowed);
}

} // namespace

std::string_view toText(FaultAction action)
{
    switch (action) {
    case FaultAction::CutConnections:
        return "cut-connections";
    case FaultAction::ExpireTokens:
        return "expire-tokens";
    case FaultAction::ResetAccount:
        break;
    }
    return "reset-account";
}

base::Result<FaultSchedule> FaultSchedule::open(const std::string& file)
{
    QFile source(QString::fromStdString(file));
    if (!source.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorKind::Storage, "faults file", file,
                          "cannot be read: " + source.errorString().toStdString());
    return parse(source.readAll());
}

base::Result<FaultSchedule> FaultSchedule::parse(const QByteArray& text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    // The file is there, and of no use.
    if (!document.isObject())
        return base::fail(base::ErrorKind::Storage, "faults file", {},
                          problem.error == QJsonParseError::NoError
                              ? "an object with \"seed\" and \"faults\" was expected"
                              : "JSON was expected; at byte " + std::to_string(problem.offset) + ": " +
                                    problem.errorString().toStdString());
    const QJsonObject object = document.object();
    if (const auto known = checkFields(object, "faults file", {QStringLiteral("seed"), QStringLiteral("faults")});
        !known)
        return tl::make_unexpected(known.error());
    const QJsonValue seed = object.value(QLatin1String("seed"));
    const std::int64_t seedNumber = seed.isUndefined() ? 0 : seed.toInteger(-1);
    if (seedNumber < 0 || seedNumber > largestSeed)
        return base::badInput("seed", textOf(seed), "a whole number from 0 to 2^53");
    const QJsonValue list = object.value(QLatin1String("faults"));
    const QJsonArray faults = list.toArray();
    if (!list.isArray() || static_cast<std::size_t>(faults.size()) > Bounds::most)
        return base::badInput("faults", list.isArray() ? std::to_string(faults.size()) : textOf(list),
                              "a list of 1000 at most");
    FaultSchedule schedule;
    for (qsizetype i = 0; i < faults.size(); ++i) {
        const std::string name = "faults[" + std::to_string(i) + "]";
        auto fault = parseFault(faults[i].toObject(), name);
        if (!fault)
            return tl::make_unexpected(fault.error());
        fault->draw =
            base::Generator(static_cast<std::uint64_t>(seedNumber) * Bounds::most + static_cast<std::uint64_t>(i));
        schedule.m_faults.push_back(std::move(*fault));
    }
    return schedule;
}

base::Result<FaultSchedule::Fault> FaultSchedule::parseFault(const QJsonObject& object, const std::string& name)
{
    const QStringList fields{QStringLiteral("at"), QStringLiteral("for"), QStringLiteral("set"), QStringLiteral("do")};
    if (const auto known = checkFields(object, name, fields); !known)
        return tl::make_unexpected(known.error());
    Fault fault;
    if (const auto times = parseTimes(object, name, fault); !times)
        return tl::make_unexpected(times.error());
    const QJsonValue set = object.value(QLatin1String("set"));
    const QJsonValue action = object.value(QLatin1String("do"));
    if (set.isUndefined() == action.isUndefined())
        return base::badInput(name, set.isUndefined() ? "" : "set and do", "one of \"set\" and \"do\"");
    if (!action.isUndefined()) {
        const auto read = actionOf(action, name + ".do");
        if (!read)
            return tl::make_unexpected(read.error());
        if (fault.lasts)
            return base::badInput(name + ".for", textOf(object.value(QLatin1String("for"))),
                                  "only with \"set\": what is done has no end");
        fault.action = *read;
        return fault;
    }
    fault.set = set.toObject();
    if (fault.set.isEmpty())
        return base::badInput(name + ".set", textOf(set), "an object with at least one fault");
    Faults scratch;
    if (const auto read = readFaults(fault.set, scratch); !read) {
        base::Error wrong = read.error();
        wrong.field = name + ".set" + (wrong.field == "fault" ? "" : "." + wrong.field);
        return tl::make_unexpected(std::move(wrong));
    }
    return fault;
}

base::Result<void> FaultSchedule::parseTimes(const QJsonObject& object, const std::string& name, Fault& fault)
{
    const QJsonValue at = object.value(QLatin1String("at"));
    if (at.isObject()) {
        const QJsonObject times = at.toObject();
        const std::string inner = name + ".at";
        if (const auto known = checkFields(times, inner, {QStringLiteral("every"), QStringLiteral("chance")}); !known)
            return known;
        const auto every = number(times.value(QLatin1String("every")), inner + ".every", Bounds::shortestEvery,
                                  Bounds::latest, "seconds, 0.1 to 10000000");
        if (!every)
            return tl::make_unexpected(every.error());
        const QJsonValue chance = times.value(QLatin1String("chance"));
        const auto probability =
            number(chance.isUndefined() ? QJsonValue(1) : chance, inner + ".chance", 0, 1, "0 to 1");
        if (!probability)
            return tl::make_unexpected(probability.error());
        fault.next = fault.every = nanosOf(*every);
        fault.chance = *probability;
    } else {
        const auto seconds = number(at, name + ".at", 0, Bounds::latest,
                                    "seconds since the start, 0 to 10000000, or {\"every\": s, \"chance\": p}");
        if (!seconds)
            return tl::make_unexpected(seconds.error());
        fault.next = nanosOf(*seconds);
    }
    const QJsonValue lasts = object.value(QLatin1String("for"));
    if (lasts.isUndefined())
        return {};
    const auto seconds = number(lasts, name + ".for", 1e-3, Bounds::latest, "seconds, 0.001 to 10000000");
    if (!seconds)
        return tl::make_unexpected(seconds.error());
    fault.lasts = nanosOf(*seconds);
    return {};
}

std::vector<FaultSchedule::Event> FaultSchedule::advanceTo(Nanos elapsed, Faults& faults,
                                                           std::vector<FaultAction>& actions)
{
    std::vector<Event> events;
    while (true) {
        // The earliest thing that is due; ends come before beginnings of the same moment, and the file's order decides else.
        Fault* due = nullptr;
        Nanos when = elapsed;
        bool isEnd = false;
        for (Fault& fault : m_faults) {
            if (fault.endsAt && (*fault.endsAt < when || (*fault.endsAt == when && !isEnd))) {
                due = &fault;
                when = *fault.endsAt;
                isEnd = true;
            }
            if (!fault.isOver && (fault.next < when || (fault.next == when && due == nullptr))) {
                due = &fault;
                when = fault.next;
                isEnd = false;
            }
        }
        if (due == nullptr)
            return events;
        if (isEnd)
            end(*due, faults, events);
        else
            begin(*due, faults, actions, events);
    }
}

void FaultSchedule::begin(Fault& fault, Faults& faults, std::vector<FaultAction>& actions, std::vector<Event>& events)
{
    const Nanos at = fault.next;
    const bool happens = fault.every.count() == 0 || fault.draw.uniform() < fault.chance;
    fault.isOver = fault.every.count() == 0;
    fault.next += fault.every;
    if (!happens)
        return;
    if (fault.action) {
        actions.push_back(*fault.action);
        events.push_back({at, std::string(toText(*fault.action))});
        return;
    }
    static_cast<void>(readFaults(fault.set, faults)); // parse() has read it before
    if (fault.lasts)
        fault.endsAt = at + *fault.lasts;
    events.push_back({at, "set " + QJsonDocument(fault.set).toJson(QJsonDocument::Compact).toStdString()});
}

void FaultSchedule::end(Fault& fault, Faults& faults, std::vector<Event>& events)
{
    const Nanos at = *fault.endsAt;
    fault.endsAt.reset();
    const QJsonObject without = toJson(Faults{});
    QJsonObject after;
    for (auto field = fault.set.begin(); field != fault.set.end(); ++field) {
        after.insert(field.key(), without.value(field.key()));
        for (const Fault& other : m_faults) {
            if (other.endsAt && other.set.contains(field.key()))
                after.insert(field.key(), other.set.value(field.key()));
        }
    }
    static_cast<void>(readFaults(after, faults));
    events.push_back({at, "end " + QJsonDocument(after).toJson(QJsonDocument::Compact).toStdString()});
}

} // namespace vegadesk::venue
