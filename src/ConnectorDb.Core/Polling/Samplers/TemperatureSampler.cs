using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// Samples the temperatures that the Linux kernel provides: an object with a member for each sensor of the hwmon class, named CHIP or
/// CHIP_LABEL, or the value of one of them.
/// </summary>
/// <remarks>The files are described in https://docs.kernel.org/hwmon/sysfs-interface.html: tempN_input is in thousandths of a degree.</remarks>
[Sampler("temp.sensor", "The temperatures of the processor, disks and boards.", Argument = "A sensor, such as 'coretemp_Core 0' or 'cpu_thermal'; without it all of them.", IsArgumentOptional = true, Unit = "°C", Platforms = ["Linux"])]
internal sealed class TemperatureSampler(SamplerContext context) : Sampler(context)
{
    private const string Class = "class/hwmon";
    private const double PartsOfDegree = 1000;
    private readonly string _folder = Path.Combine(context.KernelFolder, Class);

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        Dictionary<string, string> sensors = await FindAsync(cancellation).ConfigureAwait(false);
        if (sensors.Count == 0)
        {
            throw NoValue($"This machine has no temperature sensor in {_folder}.");
        }

        if (Context.Argument is { } wanted)
        {
            return sensors.TryGetValue(wanted, out string? file)
                ? await TemperatureAsync(file, cancellation).ConfigureAwait(false)
                : throw NoValue($"There is no temperature sensor '{wanted}'. Available: {string.Join(", ", sensors.Keys.Order(StringComparer.Ordinal))}.");
        }

        List<(string, DataValue)> all = [];
        SampleException? missing = null;
        foreach ((string name, string file) in sensors.OrderBy(sensor => sensor.Key, StringComparer.Ordinal))
        {
            try
            {
                all.Add((name, await TemperatureAsync(file, cancellation).ConfigureAwait(false)));
            }
            catch (SampleException error)
            {
                missing = error; // the sensor of a sleeping device, which does not keep the others from being read
            }
        }

        return all.Count > 0 ? Fields([.. all]) : throw missing!;
    }

    /// <summary>The file of each sensor. Chips of the same name are numbered from the second.</summary>
    private async ValueTask<Dictionary<string, string>> FindAsync(CancellationToken cancellation)
    {
        Dictionary<string, string> sensors = [];
        if (!Directory.Exists(_folder))
        {
            return sensors;
        }

        foreach (string chip in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal))
        {
            string[] inputs = [.. Directory.EnumerateFiles(chip, "temp*_input").Order(StringComparer.Ordinal)];
            string name = inputs.Length == 0 ? "" : (await ReadAsync(Path.Combine(chip, "name"), cancellation).ConfigureAwait(false)).Trim();
            foreach (string input in inputs)
            {
                string label = $"{input[..^"_input".Length]}_label";
                string full = File.Exists(label) ? $"{name}_{(await ReadAsync(label, cancellation).ConfigureAwait(false)).Trim()}"
                    : inputs.Length > 1 ? $"{name}_{Path.GetFileName(input)[..^"_input".Length]}"
                    : name;
                string free = full;
                for (int number = 2; !sensors.TryAdd(free, input); number++)
                {
                    free = $"{full}_{number}";
                }
            }
        }

        return sensors;
    }

    private async ValueTask<DataValue> TemperatureAsync(string file, CancellationToken cancellation)
    {
        string text = await ReadAsync(file, cancellation).ConfigureAwait(false);
        return TextValue.TryNumber(text, out DataValue thousandths)
            ? DataValue.From(thousandths.AsDouble() / PartsOfDegree)
            : throw NoValue($"The file '{file}' does not contain a number but '{TextValue.Shorten(text)}'.");
    }
}
