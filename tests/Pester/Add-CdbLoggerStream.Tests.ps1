BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Add-CdbLoggerStream' {
    It 'declares a stream with its schema, without a connection' {
        Add-CdbLoggerStream doors -Schema boolean -Force
        $logger.Streams | Should -Contain 'doors'
        { Write-CdbLog doors 'open' } | Should -Throw -ErrorId 'SchemaViolation*'
    }

    It 'uses the schema of an existing stream, and creates a missing stream' {
        $store = Join-Path $TestDrive 'store.cdb'
        $connection = Connect-Cdb -Path $store
        $null = New-CdbStream there -Schema integer
        Disconnect-Cdb $connection
        $log = New-CdbLogger (Join-Path $TestDrive 'schemas.db') -Sink (New-CdbSink -ConnectorDb $store)
        Add-CdbLoggerStream there -Logger $log
        Add-CdbLoggerStream made -Schema string -Logger $log
        { Write-CdbLog there 'warm' -Logger $log } | Should -Throw -ErrorId 'SchemaViolation*'
        { Add-CdbLoggerStream nowhere -Logger $log -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        Stop-CdbLogger $log
        $connection = Connect-Cdb -Path $store
        Get-CdbStream made | Should -HaveCount 1
        Disconnect-Cdb $connection
    }

    It 'refuses another schema for a declared stream, unless it replaces it' {
        Add-CdbLoggerStream twice -Force
        Add-CdbLoggerStream twice -Schema number -Force
        Add-CdbLoggerStream twice -Force -Description 'again'
        { Add-CdbLoggerStream twice -Schema string -Force -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'twice' is already declared with the schema*-Replace*"
        { Write-CdbLog twice 'text' } | Should -Throw -ErrorId 'SchemaViolation*'
        Add-CdbLoggerStream twice -Schema string -Force -Replace
        Write-CdbLog twice 'text'
    }

    It 'refuses another <Property> for a declared stream, unless it replaces it' -ForEach @(
        @{ Property = 'Nickname' }, @{ Property = 'Description' }, @{ Property = 'Datatype' }
    ) {
        $first, $other = @{ $property = 'first' }, @{ $property = "it's other" }
        Add-CdbLoggerStream "of$property" -Schema number -Force
        Add-CdbLoggerStream "of$property" -Force @first
        Add-CdbLoggerStream "of$property" -Force @first
        Add-CdbLoggerStream "of$property" -Force
        $said = { Add-CdbLoggerStream "of$property" -Force @other } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'of$property' is already declared with the $($property.ToLower()) 'first'*-Force -Replace." -PassThru
        Invoke-Expression ([regex]::Match("$said", 'Add-CdbLoggerStream .*(?=\.$)').Value)
        Add-CdbLoggerStream "of$property" -Schema number -Force @other
    }

    It 'warns that the stream of a destination keeps another description, however often it is declared' {
        $connection = Connect-Cdb (Join-Path $TestDrive 'kept.cdb') -NoDefault
        $null = New-CdbStream kept -Schema number -Description "it's theirs" -Connection $connection
        $log = New-CdbLogger (Join-Path $TestDrive 'kept.db') -Sink (New-CdbSink -ConnectorDb $connection.Location)
        foreach ($time in 1..2) {
            Add-CdbLoggerStream kept -Description ours -Logger $log -WarningVariable said -WarningAction SilentlyContinue
            "$said" | Should -BeLike "The stream 'me/user/kept' of * has another description ('it's theirs'), and stays as it is. To change it: Set-CdbStream me/user/kept -Description 'ours' -Connection *"
        }

        Invoke-Expression ([regex]::Match("$said", 'Set-CdbStream .*(?=\.$)').Value)
        Add-CdbLoggerStream kept -Description ours -Logger $log -WarningVariable said
        $said | Should -BeNullOrEmpty
        Stop-CdbLogger $log
        Disconnect-Cdb $connection
    }

    It 'refuses another schema than that of the stream of a destination' {
        $store = Join-Path $TestDrive 'other.cdb'
        $connection = Connect-Cdb -Path $store
        $null = New-CdbStream there -Schema integer
        $null = New-CdbStream any
        $log = New-CdbLogger (Join-Path $TestDrive 'other.db') -Sink (New-CdbSink -ConnectorDb $store)
        $said = { Add-CdbLoggerStream there -Schema string } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'me/user/there'*another schema*integer*" -PassThru
        { Add-CdbLoggerStream there -Schema string -WhatIf:$false -Replace } | Should -Throw -ErrorId 'InvalidValue*'
        $log.Streams | Should -BeNullOrEmpty
        Invoke-Expression ([regex]::Match("$said", 'Set-CdbStream .*(?=\.$)').Value)
        Add-CdbLoggerStream there -Schema string
        Add-CdbLoggerStream any -Schema number
        { Write-CdbLog any text } | Should -Throw -ErrorId 'SchemaViolation*'
        Stop-CdbLogger $log
        Disconnect-Cdb $connection
    }

    It 'refuses another schema for a stream that a destination has by the first declaration, also in another process' {
        $log = New-CdbLogger (Join-Path $TestDrive 'again.db') -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'again.cdb'))
        Add-CdbLoggerStream made -Schema number -Description 'first'
        { Add-CdbLoggerStream made -Schema string } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'made' is already declared with the schema*"
        { Add-CdbLoggerStream made -Schema string -WhatIf } | Should -Throw -ErrorId 'InvalidValue*'
        $script = "Import-Module '$manifest'; `$null = New-CdbLogger '$($log.Path)'; try { Add-CdbLoggerStream made -Schema string -Force } catch { `"`$_`" }; try { Add-CdbLoggerMeasurement made -Field a } catch { `"`$_`" }"
        $other = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $script"
        $other[0] | Should -BeLike "*'made' is already declared with the schema*"
        $other[1] | Should -BeLike "*'made' is of the kind Stream*"
        Add-CdbLoggerStream made -Force
        Write-CdbLog made 1
        (Sync-CdbLogger).Sent | Should -Be 1
        Stop-CdbLogger $log
    }

    It 'refuses a name with -Force that a ConnectorDB destination cannot have' {
        $log = New-CdbLogger (Join-Path $TestDrive 'names.db') -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'names.cdb'))
        { Add-CdbLoggerStream ('x' * 45) -Force -Logger $log } | Should -Throw -ErrorId 'InvalidName*' -ExpectedMessage '*45 characters; at most 29*'
        Add-CdbLoggerStream ('x' * 29) -Force -Logger $log
        $log.Streams | Should -Be ('x' * 29)
        Stop-CdbLogger $log
        Add-CdbLoggerStream ('x' * 45) -Force -Logger $logger
    }

    It 'records a stream called events beside events, declared <_>' -ForEach 'before', 'after' {
        $file = Join-Path $TestDrive "events-$_.jsonl"
        $log = New-CdbLogger (Join-Path $TestDrive "events-$_.db") -Sink (New-CdbSink -JsonFile $file)
        if ($_ -eq 'before') { Add-CdbLoggerStream events -Schema number -Force -Logger $log }
        Write-CdbEvent 'door opened' -Logger $log
        if ($_ -eq 'after') { Add-CdbLoggerStream events -Schema number -Force -Logger $log }
        Write-CdbLog events 5 -Logger $log
        Write-CdbEvent 'door closed' -Logger $log
        (Sync-CdbLogger $log).Sent | Should -Be 3
        $lines = Get-Content $file | ConvertFrom-Json
        ($lines | Where-Object channel -EQ 'events').d | Should -Be 5
        ($lines | Where-Object channel -EQ 'event_log').d.text | Should -Be 'door opened', 'door closed'
        Stop-CdbLogger $log
    }
}
