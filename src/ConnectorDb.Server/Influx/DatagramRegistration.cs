using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Influx;

/// <summary>Adds the receiver of datagrams when the settings name an address for it.</summary>
internal static class DatagramRegistration
{
    /// <exception cref="InvalidValueException">There is a device without an address.</exception>
    public static void AddDatagrams(this WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.UdpAddress is not null)
        {
            builder.Services.AddSingleton<DatagramWriter>();
            builder.Services.AddHostedService(services => services.GetRequiredService<DatagramWriter>());
        }
        else if (options.UdpDevice is { } device)
        {
            throw new InvalidValueException($"--udp-device '{device}' needs --udp-address, such as 127.0.0.1:8089.", device);
        }
    }
}
