# The store and the logger that the examples of the help pages speak of, and the files. Dot-source it in a BeforeEach; the current
# folder is then a fresh one.
$script:exampleFolder = Join-Path $TestDrive ([guid]::NewGuid())
$null = New-Item $script:exampleFolder -ItemType Directory
Set-Location $script:exampleFolder
$null = Connect-Cdb -Path (Join-Path $script:exampleFolder 'house.cdb')

$hours = -3.0
$null = New-CdbStream temperature -Schema number -Description 'Office, °C'
$null = New-CdbStream rain -Schema number -Description 'mm'
$null = New-CdbDevice pi -Stream @{ temperature = @{ schema = 'number'; description = 'On the shelf, °C' } }
$null = New-CdbUser ada -Password (ConvertTo-SecureString 'a long enough password' -AsPlainText -Force) -Stream @{ mood = @{} }
$times = 0..17 | ForEach-Object { [DateTimeOffset]::UtcNow.AddHours($hours).AddMinutes(10 * $_) }
Add-CdbDatapoint temperature -Value (0..17 | ForEach-Object { 20 + $_ / 8 }) -Timestamp $times
Add-CdbDatapoint rain -Value 0, 0.5, 1 -Timestamp $times[2, 8, 14]
$pi = Connect-Cdb -Path ./house.cdb -As pi
Add-CdbDatapoint temperature -Value 18, 18.5, 19 -Timestamp $times[1, 9, 17] -Connection $pi
Disconnect-Cdb $pi
$null = Get-CdbConnection
$null = New-CdbLogger ./house.log.db -Sink (New-CdbSink -JsonFile ./house.log.jsonl)

@'
timestamp,value
2026-01-31T18:00:00Z,20.5
2026-01-31T19:00:00Z,21
2026-01-31T20:00:00Z,20
'@ | Set-Content ./office.csv
