using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The distance from a place on Earth.</summary>
internal sealed class DistanceTransform : Transform
{
    private const double EarthRadius = 6371000;

    public override TransformInfo Info { get; } = new()
    {
        Name = "distance",
        Description = "The distance in metres from a place to the latitude and longitude of the data.",
        Documentation = """
            The data are objects with the members `latitude` and `longitude`, in degrees. The distance is that of a great circle on a
            sphere with a radius of 6371 km, by the haversine formula.
            """,
        Arguments =
        [
            new() { Name = "latitude", Description = "The latitude of the place in degrees.", Constant = true },
            new() { Name = "longitude", Description = "The longitude of the place in degrees.", Constant = true },
        ],
        Examples = ["if distance(52.52, 13.405) < 1000 — where it was within a kilometre of that place"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double latitude = Radians(call.Number(0));
        double longitude = Radians(call.Number(1));
        return _ => ScalarNode.OfObject(place => From(latitude, longitude, place), value => Problem.NotFound("", DataValue.From("latitude"), value).Original!);
    }

    private static ConversionResult From(double latitude, double longitude, DataObject place)
    {
        if (!TryRead(place, "latitude", out double theirLatitude, out Problem? problem)
            || !TryRead(place, "longitude", out double theirLongitude, out problem))
        {
            return problem!;
        }

        double north = Math.Sin((Radians(theirLatitude) - latitude) / 2);
        double east = Math.Sin((Radians(theirLongitude) - longitude) / 2);
        double a = (north * north) + (Math.Cos(Radians(theirLatitude)) * Math.Cos(latitude) * east * east);
        return DataValue.From(EarthRadius * 2 * Math.Atan2(Math.Sqrt(a), Math.Sqrt(1 - a)));
    }

    private static bool TryRead(DataObject place, string name, out double degrees, out Problem? problem)
    {
        degrees = 0;
        bool isThere = place.TryGetValue(name, out DataValue value);
        problem = isThere
            ? new($"The member '{name}' is not a number", $"Could not convert {name} to float")
            : Problem.NotFound($"The object has no member '{name}'", DataValue.From(name), DataValue.From(place));
        return isThere && Conversion.TryNumber(value, out degrees);
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);
}
