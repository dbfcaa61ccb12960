using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    public Receipt? FindReceipt(long deviceId, string id)
    {
        using Row row = _session["SELECT t, count, target, content FROM receipts WHERE device_id = ?1 AND id = ?2"].Query(deviceId, id);
        return row.Read() ? new Receipt(deviceId, id, row.Real(0), row.Integer(1), row.Text(2)) { Content = row.TextOrNull(3) } : null;
    }

    public void Keep(Receipt receipt, double oldest)
    {
        _session["DELETE FROM receipts WHERE t < ?1"].Run(oldest);
        _session["INSERT INTO receipts (device_id, id, t, count, target, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"]
            .Run(receipt.DeviceId, receipt.Id, receipt.T, receipt.Count, receipt.Result, receipt.Content);
    }
}
