using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>A field of a series of a database, which is a stream.</summary>
public sealed record FieldKey(string Database, SeriesKey Series, string Field)
{
    /// <summary>The labels with the names of database, measurement and field, beside those of the tags.</summary>
    public const string DatabaseLabel = "_db";

    /// <inheritdoc cref="DatabaseLabel"/>
    public const string MeasurementLabel = "_measurement";

    /// <inheritdoc cref="DatabaseLabel"/>
    public const string FieldLabel = "_field";

    private const int HashLength = 10;

    /// <summary>The label is no tag.</summary>
    public static bool IsReserved(string label) => label is DatabaseLabel or MeasurementLabel or FieldLabel;

    /// <summary>The names that the stream may have: a plain one where that says all, then one that no other field has.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            string plain = $"{Series.Measurement}_{Field}";
            string clean = Clean(plain);
            if (clean == plain && Series.Tags.Count == 0 && CdbName.IsValid(plain))
            {
                yield return plain;
            }

            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Database}\n{Series}\n{Field}"));
            int most = CdbName.MaxLength - HashLength - 1;
            yield return $"{(clean.Length > most ? clean[..most] : clean)}-{Convert.ToHexStringLower(hash)[..HashLength]}";
        }
    }

    public LabelSet Labels => new([.. OfField, .. Series.Tags]);

    /// <summary>The labels of all streams of the field of the measurement, with any tags.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OfField =>
    [
        KeyValuePair.Create(DatabaseLabel, Database),
        KeyValuePair.Create(MeasurementLabel, Series.Measurement),
        KeyValuePair.Create(FieldLabel, Field),
    ];

    private static string Clean(string text)
    {
        StringBuilder clean = new();
        foreach (char c in text)
        {
            clean.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        }

        return char.IsAsciiLetter(clean[0]) ? clean.ToString() : $"m{clean}";
    }
}
