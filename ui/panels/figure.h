#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace vegadesk::ui
{

/// A number with its name above it.
class Figure : public QWidget
{
    Q_OBJECT

public:
    explicit Figure(const QString& name, QWidget* parent = nullptr);

    void setName(const QString& name);
    /// `tone` as Theme's style sheet knows them: "strong", "gain", "loss", "warning".
    void setValue(const QString& value, const char* tone = "strong");

private:
    QLabel* m_name;
    QLabel* m_value;
};

QLabel* makeLabel(const QString& text, const char* tone, QWidget* parent);
/// "gain", "loss", or "strong" for what is not known or reads as zero at that many decimals.
const char* signTone(double value, int decimals = 2);

} // namespace vegadesk::ui
