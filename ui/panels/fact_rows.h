#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace vegadesk::ui
{

/// What a figure is, and the figure behind it, one a line; names wrap where there is little room.
class FactRows : public QWidget
{
    Q_OBJECT

public:
    struct Fact {
        QString name, value;
        const char* tone = "strong"; ///< of the value, as Theme's style sheet knows them
        QString help;                ///< tooltip of both
    };

    explicit FactRows(QWidget* parent = nullptr);

    void setFacts(const std::vector<Fact>& facts);

private:
    struct Row {
        QLabel *name, *value;
    };
    QGridLayout* m_grid;
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui
