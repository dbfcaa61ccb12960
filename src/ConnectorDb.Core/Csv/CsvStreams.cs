using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Csv;

/// <summary>Finds the streams of a file, or plans new ones.</summary>
internal sealed class CsvStreams(ICdbClient client, FieldStyle style)
{
    private const double MostNumbers = 0.5;

    /// <param name="column">The name of its column, for messages.</param>
    /// <param name="fields">The first fields of the column, with their quotes.</param>
    public async ValueTask<CsvTarget> FindAsync(CdbPath path, string column, IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        string[] values = [.. fields.Select(field => CsvField.Unquote(field).Trim()).Where(field => !style.IsMissing(field))];
        bool isNumeric = values.Length > 0 && values.Count(CellText.IsNumber) > values.Length * MostNumbers;
        string? schema = await SchemaOfAsync(path, cancellation).ConfigureAwait(false);
        CdbPath place = path.Parent == client.Identity ? path : path.ToDownlink();
        CsvTarget target = new(path, column, schema ?? SchemaGuess.Of(fields, style), style, isNumeric)
        {
            IsNew = schema is null,
            Place = place,
            NewestStored = schema is null ? double.NegativeInfinity : await NewestAsync(place, cancellation).ConfigureAwait(false),
        };

        // Where quotes tell texts from numbers, no later value is an error: the new stream takes it, with a wider schema.
        if (target.IsNew && style.QuotesMarkText)
        {
            target.AcceptAll(style);
        }

        return target;
    }

    private async ValueTask<string?> SchemaOfAsync(CdbPath path, CancellationToken cancellation)
    {
        try
        {
            return (await client.GetStreamAsync(path, cancellation).ConfigureAwait(false)).Schema;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    private async ValueTask<double> NewestAsync(CdbPath place, CancellationToken cancellation)
        => (await client.GetEndsAsync([place], cancellation).ConfigureAwait(false))[0]?.Last?.T ?? double.NegativeInfinity;
}
