# The files of the administrator: 300 sensors in three halls, and a row for each sensor and hour of a day.
$sensors = 1..300 | ForEach-Object {
    $hall = [Math]::Ceiling($_ / 100)
    [pscustomobject]@{
        Stream = 'hall{0}/sensor{1:000}' -f $hall, $_
        Schema = 'number'
        Description = "Sensor $_, hall $hall"
        Datatype = 'temperature.celsius'
        Label = "hall=$hall; row=$(($_ - 1) % 10 + 1)"
    }
}
$sensors | Export-Csv sensors.csv -UseQuotes AsNeeded
'time,stream,value' | Set-Content readings.csv
0..23 | ForEach-Object {
    $hour = $_
    foreach ($sensor in $sensors) {
        $number = [int] $sensor.Stream.Substring($sensor.Stream.Length - 3)
        $value = 20 + 4 * [Math]::Sin(($hour - 6) * [Math]::PI / 12) + $number * 7 % 13 / 10
        '2026-11-30T{0:00}:00:00Z,{1},{2}' -f $hour, $sensor.Stream, $value.ToString('0.0', [cultureinfo]::InvariantCulture)
    }
} | Add-Content readings.csv
