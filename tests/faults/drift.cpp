#include "faults/drift.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace vegadesk::faults
{

namespace
{

std::int64_t pick(qsizetype count, base::Generator& chance)
{
    return chance.integer(0, std::max<std::int64_t>(0, count - 1));
}

bool isWord(const QJsonValue& value)
{
    // Of an enumeration, and no number in text, no symbol and no id.
    const QString text = value.toString();
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar letter) {
        return letter.isLetter() || letter == u' ' || letter == u'-';
    });
}

QJsonObject drifted(QJsonObject object, base::Generator& chance);

/// Goes down one branch and changes what it finds at the end of it.
QJsonValue changed(const QJsonValue& value, base::Generator& chance)
{
    if (value.isObject() && !value.toObject().isEmpty() && chance.uniform() < 0.8)
        return drifted(value.toObject(), chance);
    if (value.isArray() && !value.toArray().isEmpty() && chance.uniform() < 0.8) {
        QJsonArray array = value.toArray();
        const auto index = static_cast<qsizetype>(pick(array.size(), chance));
        array[index] = changed(array[index], chance);
        return array;
    }
    if (isWord(value) && chance.uniform() < 0.6)
        return QStringLiteral("Pondering");
    switch (chance.integer(0, 3)) {
    case 0:
        return QJsonValue::Null;
    case 1:
        return QJsonObject{{QStringLiteral("value"), value}};
    case 2:
        return QJsonArray{value};
    default:
        return true;
    }
}

QJsonObject drifted(QJsonObject object, base::Generator& chance)
{
    const QStringList keys = object.keys();
    const QString key = keys.at(static_cast<qsizetype>(pick(keys.size(), chance)));
    const double what = chance.uniform();
    if (what < 0.15)
        object.remove(key);
    else if (what < 0.3)
        object.insert(QStringLiteral("brand-new"), QJsonArray{1, QStringLiteral("two")});
    else
        object.insert(key, changed(object.value(key), chance));
    return object;
}

} // namespace

QByteArray drifted(const QByteArray& text, base::Generator& chance)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    if (object.isEmpty() || chance.uniform() < 0.2)
        return text.left(static_cast<qsizetype>(pick(text.size(), chance)));
    return QJsonDocument(drifted(object, chance)).toJson(QJsonDocument::Compact);
}

} // namespace vegadesk::faults
