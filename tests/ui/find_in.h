#pragma once

#include "ui/panels/segments.h"

#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QWidget>

/// Parts of a panel by their names.
namespace vegadesk::test
{

template<class Widget>
Widget* named(const QWidget& in, const char* name)
{
    return in.findChild<Widget*>(QString::fromLatin1(name));
}

inline QString words(const QWidget& in, const char* name)
{
    return named<QLabel>(in, name)->text();
}

/// As a click of its button would.
inline void choose(const QWidget& in, const char* name, int place)
{
    auto* const segments = named<ui::Segments>(in, name);
    segments->findChildren<QPushButton*>().at(place)->click();
}

/// What its labels say.
inline QStringList allWords(const QWidget& in, const char* name)
{
    QStringList all;
    for (const auto* const label : named<QWidget>(in, name)->findChildren<QLabel*>())
        all << label->text();
    return all;
}

} // namespace vegadesk::test
