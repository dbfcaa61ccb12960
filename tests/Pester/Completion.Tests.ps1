BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
    $all = Get-Command -Module ConnectorDb -CommandType Cmdlet | ForEach-Object { @{ Command = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/poller.ps1"
    Push-Location $TestDrive
    function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    function Test-FileParameter($Parameter) {
        [bool] $Parameter.Attributes.Where{ $_ -is [System.Management.Automation.ArgumentCompleterAttribute] -and $_.Type.Name -eq 'FileCompleter' }
    }

    $own = Connect-Cdb -Path (Join-Path $TestDrive 'store.cdb')
    $null = New-CdbStream temperature
    $null = New-CdbStream weather -Datatype temperature.celsius
    Add-CdbDatapoint weather @{ t_air = 21.5; hum = 60 }
    $null = Register-CdbSubscription temperature -Transform 'if $ > 1' -Action { }
    $null = New-CdbLogger (Join-Path $TestDrive 'log.db') -Sink (New-CdbSink -Name 'our file' -JsonFile (Join-Path $TestDrive 'out.jsonl'))
    Add-CdbLoggerStream temps number -Force
    New-CdbMeasurement climate -Field t_air, 'h %' -Tag room
    $null = New-CdbDevice pi -Stream @{ light = @{ labels = @{ floor = 'first floor' } } }
    Set-CdbStream weather -Label @{ room = 'attic' }
    Add-CdbPollItem load exec.value 'echo 1' -Interval 1h
    Add-CdbPollItem 'lone wolf' system.uptime -Interval 1h
    Add-CdbPollItem up system.uptime -Interval 1h -Path ./poll.json
}

AfterAll {
    Stop-CdbPoller
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
    Pop-Location
}

Describe 'Tab completion' {
    It 'completes <Line> to <Expected>' -ForEach @(
        @{ Line = 'Get-CdbDatapoint te'; Expected = 'temperature' }
        @{ Line = "Get-CdbDatapoint -Stream 'te"; Expected = "'temperature'" }
        @{ Line = 'Get-CdbDatapoint pi/'; Expected = 'pi/light' }
        @{ Line = 'Get-CdbDatapoint me/pi/l'; Expected = 'me/pi/light' }
        @{ Line = 'Get-CdbDatapoint me/p'; Expected = 'me/pi/' }
        @{ Line = 'Get-CdbDatapoint p'; Expected = 'pi/' }
        @{ Line = "Get-CdbDatapoint weather, 'te"; Expected = "'temperature'" }
        @{ Line = "Get-CdbDatapoint weather, 'te' -Since 1h"; Cursor = 29; Expected = "'temperature'" }
        @{ Line = 'Add-CdbDatapoint te'; Expected = 'temperature' }
        @{ Line = 'Set-CdbStream te'; Expected = 'temperature' }
        @{ Line = 'Get-CdbDevice p'; Expected = 'pi' }
        @{ Line = 'Reset-CdbApiKey me/p'; Expected = 'me/pi' }
        @{ Line = 'Get-CdbUser m'; Expected = 'me' }
        @{ Line = 'Test-CdbItem m'; Expected = 'meta', 'me' }
        @{ Line = 'Test-CdbItem me/p'; Expected = 'me/pi' }
        @{ Line = 'Test-CdbItem me/pi/'; Expected = 'me/pi/light' }
        @{ Line = 'New-CdbDevice x -Role r'; Expected = 'reader' }
        @{ Line = 'New-CdbStream x -Schema n'; Expected = 'null', 'number' }
        @{ Line = 'Set-CdbStream x -Schema bo'; Expected = 'boolean' }
        @{ Line = 'Invoke-CdbDataset x -TimeZone Europe/Ber'; Expected = 'Europe/Berlin' }
        @{ Line = "Invoke-CdbDataset x -TimeZone 'w. eur"; Expected = "'W. Europe Standard Time'" }
        @{ Line = 'Invoke-CdbDataset x -Interpolator clo'; Expected = 'closest' }
        @{ Line = 'Get-CdbPollItem lo'; Expected = 'load', "'lone wolf'" }
        @{ Line = "Remove-CdbPollItem 'lone"; Expected = "'lone wolf'" }
        @{ Line = 'Add-CdbDatapoint x -TimeZone europe/berl'; Expected = 'Europe/Berlin' }
        @{ Line = 'Write-CdbLog x -Culture de-D'; Expected = 'de-DE' }
        @{ Line = 'Invoke-CdbTransform x -TimestampFormat unixm'; Expected = 'unixms' }
        @{ Line = 'Test-CdbItem te'; Expected = 'temperature' }
        @{ Line = 'Export-CdbItem pi/'; Expected = 'pi/light' }
        @{ Line = 'Export-CdbItem m -Kind Device'; Cursor = 16; Expected = 'meta', 'me/' }
        @{ Line = 'Import-CdbItem x -Parent p'; Expected = 'pi' }
        @{ Line = 'Connect-Cdb -As p'; Expected = 'pi' }
        @{ Line = 'New-CdbSink -ConnectorDb ./store.cdb -As p'; Expected = 'pi' }
        @{ Line = 'New-CdbSink -As p -ConnectorDb ./none.cdb'; Cursor = 17; Expected = $null }
        @{ Line = 'Get-CdbStream -Label '; Expected = "'floor=first floor'", 'room=attic' }
        @{ Line = 'Get-CdbStream -Label r'; Expected = 'room=attic' }
        @{ Line = 'Get-CdbStream -Label @{ '; Expected = 'floor', 'room' }
        @{ Line = 'Set-CdbStream x -Label @{ floor = '; Expected = "'first floor'" }
        @{ Line = 'New-CdbStream te'; Expected = $null }
        @{ Line = 'New-CdbStream p'; Expected = 'pi/' }
        @{ Line = 'New-CdbStream me/p'; Expected = 'me/pi/' }
        @{ Line = 'New-CdbDevice p'; Expected = $null }
        @{ Line = 'New-CdbDevice m'; Expected = 'me/' }
        @{ Line = 'Get-CdbStream -Connection '; Expected = '$own' }
        @{ Line = 'Select-CdbConnection '; Expected = '$own' }
        @{ Line = 'Get-CdbDatapoint x -Since 7'; Expected = '7s', '7m', '7h', '7d', '7w' }
        @{ Line = 'Add-CdbPollItem x y -Interval 90'; Expected = '90s', '90m', '90h', '90d', '90w' }
        @{ Line = 'Invoke-CdbDataset x -Every 1m'; Expected = '1m', '1mo' }
        @{ Line = 'Write-CdbLog te'; Expected = 'temps' }
        @{ Line = 'Write-CdbLog -Measurement cl'; Expected = 'climate' }
        @{ Line = 'Write-CdbLog -Measurement climate -Field @{ t'; Expected = 't_air' }
        @{ Line = 'Write-CdbLog -Measurement climate -Field @{ t_air = 1; '; Expected = 't_air', "'h %'" }
        @{ Line = 'Write-CdbLog -Measurement climate -Field @{ t_air = 1 } -Tag @{ ro'; Expected = 'room' }
        @{ Line = 'Measure-CdbCommand climate { } -Field t'; Expected = 't_air' }
        @{ Line = 'Set-CdbLogger -RemoveSink o'; Expected = "'our file'" }
        @{ Line = 'Unregister-CdbSubscription -Stream t'; Expected = 'temperature' }
        @{ Line = 'Unregister-CdbSubscription -Stream temperature -Transform '; Expected = "'if `$ > 1'" }
        @{ Line = "Invoke-CdbDataset @{ x = 'te"; Expected = "'temperature'" }
        @{ Line = "Invoke-CdbDataset -Every 1h -Column @{ x = 'temperature:clo"; Expected = "'temperature:closest'" }
        @{ Line = "Invoke-CdbDataset -Column @{ x = 'temperature:mean'; y = 'pi/l' } -Every 1h"; Cursor = 63; Expected = "'pi/light'" }
        @{ Line = 'Invoke-CdbDataset -Column @{ x = te'; Expected = "'temperature'" }
        @{ Line = 'Invoke-CdbDataset -Column @{ x = @{ Int'; Expected = 'Interpolator' }
        @{ Line = "Invoke-CdbDataset -Column @{ x = @{ Stream = 'temperature'; Interpolator = 'clo"; Expected = "'closest'" }
        @{ Line = "Invoke-CdbMerge @{ Stream = 'te"; Expected = "'temperature'" }
        @{ Line = 'Remove-CdbPollItem -Path ./poll.json '; Expected = 'up' }
        @{ Line = 'Get-CdbPollItem -Path ./poll.json -Name u'; Expected = 'up' }
        @{ Line = 'Select-CdbConnection st'; Expected = 'store.cdb', 'store' }
        @{ Line = 'Get-CdbDatapoint -Connection store -Stream te'; Expected = 'temperature' }
        @{ Line = 'Get-CdbLogger l'; Expected = 'log.db', 'log' }
        @{ Line = 'Test-CdbLogger l'; Expected = 'log.db', 'log' }
        @{ Line = 'Write-CdbLog -Logger log -Stream te'; Expected = 'temps' }
        @{ Line = 'Start-CdbServer -Setting @{ BodyL'; Expected = 'BodyLimit' }
        @{ Line = 'Install-CdbService -Setting @{ BodyLimit = 1; PollL'; Expected = 'PollLogger' }
        @{ Line = 'New-CdbUser x -Device @{ pi = @{ ro'; Expected = 'role' }
        @{ Line = 'New-CdbUser x -Device @{ pi = @{ role = '; Expected = "'none'", "'reader'", "'writer'", "'user'" }
        @{ Line = 'New-CdbUser x -Device @{ pi = @{ streams = @{ light = @{ sch'; Expected = 'schema' }
        @{ Line = 'New-CdbUser x -Stream @{ light = @{ downlink = '; Expected = '$true', '$false' }
        @{ Line = 'New-CdbDevice x -Stream @{ light = @{ schema = bo'; Expected = "'boolean'" }
        @{ Line = "New-CdbDevice x -Stream @{ light = 'nu"; Expected = "'null'", "'number'" }
        @{ Line = 'New-CdbUser x -Device @{ pi = @{ streams = @{ light = b'; Expected = "'boolean'" }
        @{ Line = "New-CdbDevice x -Stream @{ light = @{ datatype = 'temp"; Expected = "'temperature.celsius'" }
        @{ Line = "Get-CdbDatapoint weather -Transform '`$(`"t"; Expected = "'`$(`"t_air`")'" }
        @{ Line = "Get-CdbDatapoint weather -Transform 'if `$(`"h"; Expected = "'if `$(`"hum`")'" }
        @{ Line = "Get-CdbDatapoint temperature -Transform '`$(`"t"; Expected = $null }
        @{ Line = "Invoke-CdbMerge weather -Transform '`$(`"t"; Expected = "'`$(`"t_air`")'" }
        @{ Line = "Invoke-CdbMerge @{ Stream = 'weather'; Transform = '`$(`"h"; Expected = "'`$(`"hum`")'" }
        @{ Line = "Invoke-CdbMerge @{ Stream = weather; Transform = 'if `$(`"h"; Expected = "'if `$(`"hum`")'" }
        @{ Line = "Invoke-CdbMerge @{ Transform = '`$(`"h"; Expected = $null }
        @{ Line = "Invoke-CdbDataset -Column @{ x = @{ Stream = 'weather'; Transform = '`$(`"h"; Expected = "'`$(`"hum`")'" }
        @{ Line = "Invoke-CdbDataset -Column @{ warm = 'a'; cold = 'b' } -PostTransform 'if `$(`"w"; Expected = "'if `$(`"warm`")'" }
        @{ Line = 'New-CdbStream x -Datatype r'; Expected = 'rating.stars' }
        @{ Line = 'Set-CdbStream x -Datatype te'; Expected = 'temperature.celsius' }
        @{ Line = 'Set-CdbDevice x -Public:'; Expected = '$true', '$false' }
        @{ Line = 'Get-CdbServer '; Expected = $null }
        @{ Line = 'Register-CdbSubscription temperature '; Expected = $null }
        @{ Line = 'Watch-CdbStream temperature -Count p'; Expected = $null }
        @{ Line = 'Get-Process | Add-CdbDatapoint x -ValueProperty WorkingSet6'; Expected = 'WorkingSet64' }
    ) {
        (TabExpansion2 $Line ($Cursor ?? $Line.Length)).CompletionMatches.CompletionText | Should -Be $Expected
    }

    It 'completes the columns of a CSV file in the pipeline' {
        Set-Content "$TestDrive/read.csv" 'time,value one'
        (Get-Completion "Import-Csv $TestDrive/read.csv | Add-CdbDatapoint x -ValueProperty v").CompletionText | Should -Be "'value one'"
    }

    It 'completes an open object that no variable holds' {
        $other = Connect-Cdb (Join-Path $TestDrive 'other.cdb') -NoDefault
        Remove-Variable other
        $found = Get-Completion 'Disconnect-Cdb '
        $found.CompletionText | Should -Be '$own', (Join-Path $TestDrive 'other.cdb')
        Invoke-Expression "Disconnect-Cdb $($found[1].CompletionText)"
        @(Get-CdbConnection).Count | Should -Be 1
    }

    It 'completes the services that Install-CdbService made' -Skip:(-not $IsLinux) {
        $before, $env:XDG_CONFIG_HOME = $env:XDG_CONFIG_HOME, "$TestDrive/config"
        try {
            $null = Install-CdbService -Name mine -Scope CurrentUser -DefinitionFolder "$TestDrive/config/systemd/user" -WarningAction Ignore
            Set-Content "$TestDrive/config/systemd/user/theirs.service" '[Unit]'
            (Get-Completion 'Uninstall-CdbService -Scope CurrentUser -Name ').CompletionText | Should -Be 'mine'
            (Get-Completion 'Uninstall-CdbService -Scope CurrentUser ').CompletionText | Should -Be 'mine'
        }
        finally {
            $env:XDG_CONFIG_HOME = $before
        }
    }

    It 'restores the function TabExpansion2 with the module' {
        $shell = [powershell]::Create().AddScript({
            param($manifest)
            $before = "$function:TabExpansion2"
            Import-Module $manifest
            "$function:TabExpansion2" -ne $before
            Remove-Module ConnectorDb
            "$function:TabExpansion2" -eq $before
        }).AddArgument($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")
        $shell.Invoke() | Should -Be $true, $true
        $shell.Dispose()
    }

    It 'offers the file of a logger or store, and not the files beside it' {
        $folder = New-Item "$TestDrive/beside" -ItemType Directory
        'a.db', 'a.db-wal', 'a.db-shm', 'a.db-open', 'a.db-reserve', 'a.db-sync-1', 'b-wal', 'poll.json', 'poll.json.lock' | ForEach-Object { Set-Content "$folder/$_" '' }
        (Get-Completion "Remove-CdbLogger -Path $folder/").ListItemText | Should -Be 'a.db', 'b-wal', 'poll.json'
    }

    It 'gives up after a moment when the server does not respond' {
        $server = Start-CdbServer (Join-Path $TestDrive 'served.cdb') -Url http://127.0.0.1:0
        $far = Connect-Cdb $server.Url -Credential ([pscredential]::Empty) -NoDefault
        Stop-CdbServer $server
        Get-Completion 'Get-CdbDatapoint -Connection $far -Stream me/user/' | Should -BeNullOrEmpty
        Get-Completion 'Remove-CdbSession -Connection $far ' | Should -BeNullOrEmpty
        Disconnect-Cdb $far
    }

    It 'offers names of files for the parameters that take files, and for no others: <Command>' -ForEach $all {
        Push-Location (New-Item "$TestDrive/files" -ItemType Directory -Force)
        try {
            Set-Content zzz ''
            foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.SwitchParameter }) {
                foreach ($name in @($parameter.Name; $parameter.Aliases)) {
                    foreach ($word in '', 'z', "'z") {
                        $found = @(Get-Completion "$command -$name $word")
                        if ((Test-FileParameter $parameter) -and $name -ne 'ConnectionString') {
                            "$($found.ListItemText)" | Should -Be 'zzz' -Because "-$name $word"
                        }
                        else {
                            $found.ResultType | Should -Not -BeLike 'Provider*' -Because "-$name $word"
                        }
                    }
                }

                if (Test-FileParameter $parameter) { continue }
                foreach ($argument in ':', ' a, ', " a, 'z", " @{ a = '", ' @{ a = z', " @{ a = @{ b = '") {
                    (Get-Completion "$command -$($parameter.Name)$argument").ResultType | Should -Not -BeLike 'Provider*' -Because "-$($parameter.Name)$argument"
                }
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'offers nothing for a parameter that there is not: <Command>' -ForEach $all {
        Push-Location (New-Item "$TestDrive/files" -ItemType Directory -Force)
        try {
            Set-Content zzz ''
            foreach ($line in "$command -Colour ", "$command -Colour z", "$command x -Colour ") {
                Get-Completion $line | Should -BeNullOrEmpty -Because $line
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'offers names of files for an argument without a name only where it is a file: <Command>' -ForEach $all {
        $file = @($command.Parameters.Values | Where-Object { Test-FileParameter $_ } | ForEach-Object { $_.ParameterSets.Values.Position } | Where-Object { $_ -ge 0 } | Sort-Object -Unique)
        Push-Location (New-Item "$TestDrive/files" -ItemType Directory -Force)
        try {
            Set-Content zzz ''
            $before = ''
            foreach ($position in 0..3) {
                foreach ($word in '', 'z', "'z") {
                    if ($position -notin $file) {
                        (Get-Completion "$command $before$word").ResultType | Should -Not -BeLike 'Provider*' -Because "$before$word"
                    }
                }

                $before += 'x '
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'offers the file of a closed logger where none is open' {
        (Get-Completion 'Remove-CdbLogger ').CompletionText | Should -Contain (Join-Path $TestDrive 'log.db')
        Stop-CdbLogger
        $folder = New-Item "$TestDrive/closed" -ItemType Directory
        Push-Location $folder
        Set-Content old.db ''
        $logger = $null
        (Get-Completion 'Remove-CdbLogger ').ListItemText | Should -Be 'old.db'
        (Get-Completion 'Remove-CdbLogger -Logger ').ListItemText | Should -BeNullOrEmpty
        Pop-Location
    }

    It 'offers nothing without a connection, and creates no store' {
        Disconnect-Cdb $own
        (TabExpansion2 'Get-CdbDatapoint -Stream x' 26).CompletionMatches | Should -BeNullOrEmpty
        Get-CdbConnection | Should -BeNullOrEmpty
    }
}
