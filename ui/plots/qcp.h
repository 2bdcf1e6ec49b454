#pragma once

// QCustomPlot is written with Qt's keywords, which the rest of the house does without: they exist inside this
// header only. Include this one, never <qcustomplot.h>.
#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach(element, container) for (element : container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
