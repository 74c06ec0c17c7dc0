"""销号卷宗: everything that shows why a case could be closed, as one PDF with catalogue and page numbers."""
