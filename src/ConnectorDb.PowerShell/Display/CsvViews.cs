using System.Management.Automation;
using ConnectorDb.Csv;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of imports of CSV files and their previews.</summary>
internal static class CsvViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CsvImportResult>(View.Table("Rows", "Stored", "AlreadyThere", "Missing", "Rejected", "Path")),
        View.Of<CsvPreview>(View.List(
            "Path",
            "Encoding",
            ViewColumn.Script("Delimiter", "$_.Delimiter -eq \"`t\" ? 'tab' : $_.Delimiter"),
            "DecimalMark",
            "HeaderLine",
            "FirstLine",
            ViewColumn.Script("TimestampColumn", "$_.TimestampColumn -join ', '"),
            "TimeZone",
            ViewColumn.Script("Streams", "$_.Streams -join [System.Environment]::NewLine"),
            ViewColumn.Script("Values", "$_.Values -join [System.Environment]::NewLine"))),
        View.Of<CsvPreviewStream>(View.Table("Column", "Stream", "IsNew", "Schema")),
        View.Of<CsvPreviewValue>(View.WrappedTable("Line", ViewColumn.LocalTime("Timestamp", "$_.Timestamp"), "Stream", "Data", "Problem")),
        View.Of<CsvRejectedRow>(View.WrappedTable("Line", "Reason", "Row")),
    ];
}
