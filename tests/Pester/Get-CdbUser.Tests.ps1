BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
    'ada', 'alan' | ForEach-Object { $null = New-CdbUser $_ -Password $password }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbUser' {
    It 'lists all users' {
        (Get-CdbUser).Name | Should -Contain 'me'
        (Get-CdbUser).Name | Should -Contain 'ada'
    }

    It 'accepts wildcards' {
        (Get-CdbUser a*).Name | Sort-Object | Should -Be @('ada', 'alan')
        Get-CdbUser z* | Should -BeNullOrEmpty
    }

    It 'gets the user that is logged in' {
        $ada = Connect-Cdb $store -As ada/user -NoDefault
        (Get-CdbUser -Current).Name | Should -Be 'me'
        (Get-CdbUser -Current -Connection $ada).Name | Should -Be 'ada'
        Disconnect-Cdb $ada
    }

    It 'says that a device may not see its user' {
        $null = New-CdbDevice pi
        $pi = Connect-Cdb $store -As pi -NoDefault
        { Get-CdbUser -Current -Connection $pi -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied*' -ExpectedMessage "*'me/pi' is logged in*role 'reader'*"
        Disconnect-Cdb $pi
    }

    It 'shows no password' {
        (Get-CdbUser ada).PSObject.Properties.Name | Should -Not -Contain 'Password'
        Get-CdbUser ada | ConvertTo-Json -Depth 5 | Should -Not -Match 'a long enough password'
    }

    It 'reports a user that does not exist' {
        { Get-CdbUser nobody -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nobody*'
    }
}
